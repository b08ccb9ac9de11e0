import type { AgentId, DaemonId, IssueId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { CancelCause } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import { cancelRow } from "./cancel-row.ts";
import { taskColumns, type TaskRow } from "./task-row.ts";

/** Whose unfinished tasks end; exactly one is named. */
export type TasksOf =
  | { readonly issueId: IssueId }
  | { readonly agentId: AgentId }
  | { readonly runtimeId: RuntimeId }
  | { readonly originatorId: UserId }
  | { readonly daemonId: DaemonId }
  | { readonly workspace: "all" };

/**
 * Cancels every unfinished task of something that is going away, in the transaction that takes it
 * away. Machines are told after the commit; usage that they still report is booked. Their issues are
 * locked before: see lockIssuesOfWork.
 * @returns how many were cancelled
 */
export async function cancelTasksOf(
  ctx: WorkspaceContext,
  of: TasksOf,
  cause: CancelCause,
): Promise<number> {
  const rows = await ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from tasks t
    where t.workspace_id = ${ctx.workspaceId} and ${isTaskOf(ctx, of)}
      and t.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')
    order by t.id for update`;
  for (const row of rows) await cancelRow(ctx, row, cause);
  return rows.length;
}

/** The tasks `t` of something. */
export function isTaskOf(ctx: WorkspaceContext, of: TasksOf): ReturnType<WorkspaceContext["sql"]> {
  if ("issueId" in of) return ctx.sql`t.issue_id = ${of.issueId}`;
  if ("agentId" in of) return ctx.sql`t.agent_id = ${of.agentId}`;
  if ("runtimeId" in of) return ctx.sql`t.runtime_id = ${of.runtimeId}`;
  if ("originatorId" in of) return ctx.sql`t.originator_id = ${of.originatorId}`;
  if ("daemonId" in of) return ctx.sql`t.daemon_id = ${of.daemonId}`;
  return ctx.sql`true`;
}
