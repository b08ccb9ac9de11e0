import type {
  AgentId,
  DaemonId,
  IssueId,
  ProjectId,
  RuntimeId,
  TaskId,
  UserId,
} from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../../platform/context.ts";
import { monthOf } from "./meter.ts";

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
  /** First day of the month whose partition holds its events, `YYYY-MM-01`. */
  readonly month: string;
  /** When the current lease began to run; when it was queued, if it does not run yet. */
  readonly startedAt: Date;
  /** Machines that have, or had, this task. */
  readonly daemonIds: ReadonlySet<DaemonId>;
};

export type BookingScope = {
  readonly tasks: ReadonlyMap<TaskId, BookedTask>;
  readonly workspaceCreatedAt: Date;
};

type TaskRow = Omit<BookedTask, "projectId" | "daemonIds" | "month"> & {
  daemonId: DaemonId | null;
};

/** Machines that report usage of a task; none for callers that are no machine. */
export type Reporters = ReadonlyMap<TaskId, ReadonlySet<DaemonId>>;

/**
 * Locks the issues shared and the tasks for writing, both in the order of their ids. An issue that
 * moves to another project meanwhile waits or is waited for, and two deliveries of the same task
 * are booked one after the other.
 */
export async function lockBookedTasks(
  ctx: WorkspaceContext,
  reporters: Reporters,
): Promise<BookingScope> {
  const taskIds = [...reporters.keys()].toSorted();
  // Statements of one transaction run in the order in which they are sent.
  const [issues, rows, [workspace]] = await Promise.all([
    ctx.sql<{ id: IssueId; projectId: ProjectId | null }[]>`
      select i.id, i.project_id from issues i
      where i.workspace_id = ${ctx.workspaceId} and i.id in (
        select t.issue_id from tasks t
        where t.workspace_id = ${ctx.workspaceId} and t.id = any(${taskIds}::uuid[]))
      order by i.id for share`,
    ctx.sql<TaskRow[]>`
      select t.id, t.lease, t.issue_id, t.agent_id, t.runtime_id, t.accountable_id as member_id,
        t.queued_at, coalesce(t.started_at, t.dispatched_at, t.queued_at) as started_at,
        t.daemon_id
      from tasks t
      where t.workspace_id = ${ctx.workspaceId} and t.id = any(${taskIds}::uuid[])
      order by t.id for no key update`,
    ctx.sql<{ createdAt: Date }[]>`
      select created_at from workspaces where workspace_id = ${ctx.workspaceId}`,
  ]);
  const projectOf = new Map(issues.map((issue) => [issue.id, issue.projectId]));
  const earlier = await readEarlierMachines(ctx, rows, reporters);
  return {
    tasks: new Map(
      rows.map(({ daemonId, ...row }) => {
        const machines = [daemonId, ...(earlier.get(row.id) ?? [])];
        const daemonIds = new Set(machines.filter((machine) => machine !== null));
        const projectId = projectOf.get(row.issueId) ?? null;
        return [row.id, { ...row, month: monthOf(row.queuedAt), projectId, daemonIds }];
      }),
    ),
    workspaceCreatedAt: workspace?.createdAt ?? ctx.now,
  };
}

/** Machines that have claimed tasks before others did; asked for only where somebody else reports. */
async function readEarlierMachines(
  ctx: WorkspaceContext,
  rows: readonly TaskRow[],
  reporters: Reporters,
): Promise<Map<TaskId, DaemonId[]>> {
  const isForeign = ({ id, daemonId }: TaskRow): boolean =>
    [...(reporters.get(id) ?? [])].some((reporter) => reporter !== daemonId);
  const taskIds = rows.filter(isForeign).map((row) => row.id);
  if (taskIds.length === 0) return new Map();
  const claims = await ctx.sql<{ taskId: TaskId; daemonId: DaemonId }[]>`
    select distinct c.daemon_id, task_id from claims c, unnest(c.task_ids) as task_id
    where c.workspace_id = ${ctx.workspaceId} and task_id = any(${taskIds}::uuid[])`;
  const byTask = Map.groupBy(claims, (claim) => claim.taskId);
  return new Map([...byTask].map(([id, of]) => [id, of.map((claim) => claim.daemonId)]));
}
