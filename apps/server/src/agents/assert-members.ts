import type { UserId } from "@headcount/contract/kit/ids";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";

/** Lists of people may name members of this workspace only. @throws invalid */
export async function assertMembers(
  ctx: WorkspaceContext,
  userIds: readonly UserId[],
): Promise<void> {
  if (userIds.length === 0) return;
  const rows = await ctx.sql<{ id: UserId }[]>`
    select wanted.id from unnest(${userIds}::uuid[]) as wanted(id)
    where not exists (select 1 from members m
      where m.workspace_id = ${ctx.workspaceId} and m.user_id = wanted.id)`;
  if (rows.length === 0) return;
  throw new AppError("invalid", "Somebody on the list is not a member of this workspace.", {
    reason: "validation",
    details: { fields: [{ path: "allowedMemberIds", message: "not a member", ids: rows }] },
  });
}
