import type {
  AgentId,
  IssueId,
  ProjectId,
  RuntimeId,
  TaskId,
  UserId,
} from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

/** What usage is booked to, and the bounds of when it can have been used. */
export type BookedTask = {
  readonly id: TaskId;
  readonly lease: number;
  readonly issueId: IssueId;
  readonly projectId: ProjectId | null;
  readonly agentId: AgentId;
  readonly runtimeId: RuntimeId | null;
  readonly memberId: UserId | null;
  readonly queuedAt: Date;
  /** When the current lease began to run; when it was queued, if it does not run yet. */
  readonly startedAt: Date;
  /** Whether the calling machine has, or had, this task; true for callers that are no machine. */
  readonly isOfCaller: boolean;
};

export type BookingScope = {
  readonly tasks: ReadonlyMap<TaskId, BookedTask>;
  readonly workspaceCreatedAt: Date;
};

type TaskRow = Omit<BookedTask, "projectId">;

/**
 * Locks the issues shared and the tasks for writing, both in the order of their ids. An issue that
 * moves to another project meanwhile waits or is waited for, and two deliveries of the same task
 * are booked one after the other.
 */
export async function lockBookedTasks(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
): Promise<BookingScope> {
  const issues = await ctx.sql<{ id: IssueId; projectId: ProjectId | null }[]>`
    select i.id, i.project_id from issues i
    where i.workspace_id = ${ctx.workspaceId} and i.id in (
      select t.issue_id from tasks t
      where t.workspace_id = ${ctx.workspaceId} and t.id = any(${taskIds}::uuid[]))
    order by i.id for share`;
  const daemonId = ctx.actor.kind === "daemon" ? ctx.actor.daemonId : null;
  const rows = await ctx.sql<TaskRow[]>`
    select t.id, t.lease, t.issue_id, t.agent_id, t.runtime_id, t.accountable_id as member_id,
      t.queued_at, coalesce(t.started_at, t.dispatched_at, t.queued_at) as started_at,
      (${daemonId}::uuid is null or t.daemon_id is not distinct from ${daemonId}::uuid
        or exists (select 1 from claims c where c.workspace_id = t.workspace_id
          and c.daemon_id = ${daemonId}::uuid and t.id = any(c.task_ids))) as is_of_caller
    from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${taskIds}::uuid[])
    order by t.id for no key update`;
  const [workspace] = await ctx.sql<{ createdAt: Date }[]>`
    select created_at from workspaces where workspace_id = ${ctx.workspaceId}`;
  const projectOf = new Map(issues.map((issue) => [issue.id, issue.projectId]));
  return {
    tasks: new Map(
      rows.map((row) => [row.id, { ...row, projectId: projectOf.get(row.issueId) ?? null }]),
    ),
    workspaceCreatedAt: workspace?.createdAt ?? ctx.now,
  };
}
