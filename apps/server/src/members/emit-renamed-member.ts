import type { UserId } from "@headcount/contract/kit/ids";
import type { Role } from "@headcount/contract/workspaces/schemas";
import type { WorkspaceContext } from "../platform/context.ts";

/**
 * Says in this workspace that the person is called otherwise. The row is locked, so that nothing is
 * said of somebody who is leaving, and no role that is being changed.
 */
export async function emitRenamedMember(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId" | "emit">,
  userId: UserId,
): Promise<void> {
  const [member] = await ctx.sql<{ role: Role }[]>`
    select role from members where workspace_id = ${ctx.workspaceId} and user_id = ${userId} for share`;
  if (!member) return;
  ctx.emit({
    type: "member.updated",
    entity: { kind: "member", id: userId },
    changed: ["name"],
    data: { role: member.role },
  });
}
