import type { UserId } from "@headcount/contract/kit/ids";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";

/**
 * Locks the owner rows, so that two owners who leave at the same time are served one after the
 * other and the second finds out that nobody else is left.
 */
export async function keepOneOwner(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
): Promise<{ assertNotLast: (userId: UserId) => void }> {
  await ctx.sql`select 1 from workspaces where workspace_id = ${ctx.workspaceId} for update`;
  const owners = await ctx.sql<{ userId: UserId }[]>`
    select user_id from members where workspace_id = ${ctx.workspaceId} and role = 'owner'
    order by user_id for update`;
  return {
    assertNotLast(userId) {
      if (owners.some((owner) => owner.userId !== userId)) return;
      throw new AppError(
        "conflict",
        "A workspace needs an owner. Make somebody else an owner first.",
        {
          reason: "member.last_owner",
        },
      );
    },
  };
}
