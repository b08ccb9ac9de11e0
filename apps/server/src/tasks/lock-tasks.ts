import type { AgentId, DaemonId, IssueId, TaskId } from "@headcount/contract/kit/ids";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { taskColumns, type TaskRow } from "./task-row.ts";

/** What decides where a machine's words about a task belong. */
export type KeptTask = Pick<
  TaskRow,
  "id" | "issueId" | "agentId" | "daemonId" | "status" | "lease" | "leaseRevoked"
>;

/**
 * Keeps tasks of a machine in their state and under their lease until the end of the transaction:
 * whoever changes one of these locks for update first, and waits. The ledger, which books what the
 * same tasks have used, does not. Tasks of others are left out.
 */
export function keepTasksOf(
  ctx: WorkspaceContext,
  daemonId: DaemonId,
  taskIds: readonly TaskId[],
): Promise<KeptTask[]> {
  return ctx.sql<KeptTask[]>`
    select t.id, t.issue_id, t.agent_id, t.daemon_id, t.status, t.lease, t.lease_revoked
    from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${taskIds}::uuid[])
      and t.daemon_id = ${daemonId}
    order by t.id for key share`;
}

/** Locks one task until the end of the transaction. @throws not_found */
export async function lockTask(ctx: WorkspaceContext, taskId: TaskId): Promise<TaskRow> {
  const [row] = await ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.id = ${taskId} for update`;
  if (!row) throw notFound("task");
  return row;
}

/** What never changes about a task: which issue and which agent. Null when there is no such task. */
export async function findTaskPlace(
  ctx: WorkspaceContext,
  taskId: TaskId,
): Promise<{ issueId: IssueId; agentId: AgentId } | null> {
  const [row] = await ctx.sql<{ issueId: IssueId; agentId: AgentId }[]>`
    select issue_id, agent_id from tasks where workspace_id = ${ctx.workspaceId} and id = ${taskId}`;
  return row ?? null;
}

/**
 * The locked slot of a task that the caller has locked, for callers that hold agents and so must not
 * wait for tasks. Null when somebody else holds one of the slot's tasks.
 */
export async function readFreeSlot(
  ctx: WorkspaceContext,
  slot: { readonly issueId: IssueId; readonly agentId: AgentId },
): Promise<TaskRow[] | null> {
  const ofSlot = (task: "t" | "o") => ctx.sql`
    ${ctx.sql(task)}.workspace_id = ${ctx.workspaceId}
      and ${ctx.sql(task)}.issue_id = ${slot.issueId} and ${ctx.sql(task)}.agent_id = ${slot.agentId}
      and ${ctx.sql(task)}.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')`;
  const rows = await ctx.sql<(TaskRow & { readonly total: number })[]>`
    select ${taskColumns(ctx.sql)}, (select count(*)::int from tasks o where ${ofSlot("o")}) as total
    from tasks t where ${ofSlot("t")} order by t.id for update of t skip locked`;
  return rows.length === rows[0]?.total ? rows : null;
}

/** Unfinished tasks of one slot, oldest first; locked unless only a preview is wanted. */
export function readSlot(
  ctx: WorkspaceContext,
  slot: { readonly issueId: IssueId; readonly agentId: AgentId },
  mode: "preview" | "write",
): Promise<TaskRow[]> {
  const lock = mode === "write" ? ctx.sql`for update` : ctx.sql``;
  return ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.issue_id = ${slot.issueId}
      and t.agent_id = ${slot.agentId}
      and t.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')
    order by t.id ${lock}`;
}
