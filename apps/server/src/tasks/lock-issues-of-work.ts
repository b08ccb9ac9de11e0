import type { WorkspaceContext } from "../platform/context.ts";
import { isTaskOf, type TasksOf } from "./cancel-tasks-of.ts";

/**
 * Locks, shared and in the order of their ids, the issues of all unfinished tasks that are about to
 * be cancelled. The end of a task is booked to its issue, and issues come before agents and tasks:
 * who takes agents, machines or people away calls this before it locks them.
 */
export async function lockIssuesOfWork(
  ctx: WorkspaceContext,
  owners: readonly TasksOf[],
): Promise<void> {
  const isAffected = owners.reduce(
    (others, of) => ctx.sql`${others} or ${isTaskOf(ctx, of)}`,
    ctx.sql`false`,
  );
  await ctx.sql`
    select 1 from issues i where i.workspace_id = ${ctx.workspaceId} and i.id in (
      select t.issue_id from tasks t
      where t.workspace_id = ${ctx.workspaceId} and (${isAffected})
        and t.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running'))
    order by i.id for share`;
}
