import { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import { preparationLimitMs, type TaskStep, transition } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import { failTask } from "./fail-task.ts";
import { stateOf, taskColumns, type TaskRow } from "./task-row.ts";

const mostPerSweep = 100;
/** A lost machine may come back for this long before its runs count as lost. */
export const reconnectGraceMs = 3 * 60 * 60_000;

type OverdueRow = TaskRow & {
  readonly lastSignAt: Date | null;
  readonly retriesLostRuntime: boolean;
};

/**
 * Ends what nothing will end by itself. Everything that the sweep will touch is locked first, issues before agents before tasks; what others hold is left to the next.
 */
export async function sweepTasks(ctx: WorkspaceContext): Promise<void> {
  const [workspace] = await ctx.sql<{ settings: unknown }[]>`
    select settings from workspaces
    where workspace_id = ${ctx.workspaceId} and deleted_at is null for share`;
  if (!workspace) return;
  const settings = WorkspaceSettings.parse(workspace.settings);
  const expiryMs = settings.queueExpiryMinutes * 60_000;
  const overdue = await lockOverdue(ctx, expiryMs);
  for (const row of overdue) await endOverdue(ctx, row, expiryMs);
}

/** Reads first without locks, then locks issues and tasks; rows that changed in between fall out. */
async function lockOverdue(ctx: WorkspaceContext, expiryMs: number): Promise<OverdueRow[]> {
  const before = (ms: number): Date => new Date(ctx.now.getTime() - ms);
  const isOverdue = ctx.sql`(
    (t.status = 'running' and greatest(l.beat_at, r.last_seen_at) < ${before(reconnectGraceMs)})
    or (t.status in ('dispatched', 'waiting_directory') and t.lease_expires_at < ${ctx.now}
      and t.dispatched_at < ${before(preparationLimitMs)})
    or (t.status = 'queued' and t.queued_at < ${before(expiryMs)} and lost.id is null)
    or (t.status = 'deferred' and t.fire_reason = 'runtime_online'
      and t.queued_at < ${before(reconnectGraceMs)}))`;
  const joined = ctx.sql`
    left join runtimes r on r.workspace_id = t.workspace_id and r.id = t.runtime_id
    left join daemon_liveness l on l.workspace_id = t.workspace_id and l.daemon_id = t.daemon_id
    left join tasks lost on lost.workspace_id = t.workspace_id and lost.id = t.retry_of
      and lost.failure_reason = 'runtime_offline'`;
  const issues = await ctx.sql<{ id: string }[]>`
    select i.id from issues i where i.workspace_id = ${ctx.workspaceId} and i.id in (
      select t.issue_id from tasks t ${joined}
      where t.workspace_id = ${ctx.workspaceId} and ${isOverdue}
      order by t.queued_at limit ${mostPerSweep})
    order by i.id for update skip locked`;
  if (issues.length === 0) return [];
  await ctx.sql`
    select 1 from agents a where a.workspace_id = ${ctx.workspaceId} and a.id in (
      select t.agent_id from tasks t where t.workspace_id = ${ctx.workspaceId}
        and t.issue_id = any(${issues.map((issue) => issue.id)}::uuid[]))
    order by a.id for share`;
  return ctx.sql<OverdueRow[]>`
    select ${taskColumns(ctx.sql)}, greatest(l.beat_at, r.last_seen_at) as last_sign_at,
      lost.id is not null as retries_lost_runtime
    from tasks t ${joined}
    where t.workspace_id = ${ctx.workspaceId} and ${isOverdue}
      and t.issue_id = any(${issues.map((issue) => issue.id)}::uuid[])
    order by t.id limit ${mostPerSweep} for update of t skip locked`;
}

async function endOverdue(ctx: WorkspaceContext, row: OverdueRow, expiryMs: number): Promise<void> {
  const decision = transition(stateOf(row), overdueStep(ctx.now, row, expiryMs));
  if (!decision.ok) return;
  await failTask(ctx, row, decision.value);
}

function overdueStep(now: Date, row: OverdueRow, expiryMs: number): TaskStep {
  const since = (date: Date | null): number => now.getTime() - (date?.getTime() ?? 0);
  if (row.status === "running") {
    const silentForMs = since(row.lastSignAt);
    return { type: "runtime_silent", silentForMs, graceMs: reconnectGraceMs };
  }
  if (row.status === "deferred") return { type: "reconnect_grace_over" };
  if (row.status === "queued") {
    const { retriesLostRuntime } = row;
    return {
      type: "expire",
      queuedForMs: since(row.queuedAt),
      expiryMs,
      held: false,
      retriesLostRuntime,
    };
  }
  return {
    type: "preparation_lapsed",
    dispatchedForMs: since(row.dispatchedAt),
    leaseLapsed: true,
  };
}
