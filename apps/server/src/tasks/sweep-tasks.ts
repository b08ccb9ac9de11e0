import { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import { preparationLimitMs, type TaskStep, transition } from "@headcount/domain/tasks/transitions";
import { wasHeldByBudget } from "../budgets/hold.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { failTask } from "./fail-task.ts";
import { readHeldAgents } from "../runaway/read-held-agents.ts";
import { readQuotaWaits } from "./read-quota-waits.ts";
import { deleteEndedQuotaWaits } from "./store-quota-waits.ts";
import { stateOf, taskColumns, type TaskRow } from "./task-row.ts";

const mostPerSweep = 100;

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
  await deleteEndedQuotaWaits(ctx, new Date(ctx.now.getTime() - expiryMs));
}

/**
 * Reads first without locks, then locks issues and tasks; rows that changed in between fall out.
 * Nobody could take the work of an agent without quota, of one that the guard held, or what a budget
 * held, so the time
 * until a while after the end of that does not count against it.
 */
async function lockOverdue(ctx: WorkspaceContext, expiryMs: number): Promise<OverdueRow[]> {
  const before = (ms: number): Date => new Date(ctx.now.getTime() - ms);
  const lostBefore = before(ctx.services.instance.reconnectGraceMs);
  const expiresBefore = before(expiryMs);
  const [quotaWaits, guardHolds] = await Promise.all([
    readQuotaWaits(ctx, expiresBefore),
    readHeldAgents(ctx, expiresBefore),
  ]);
  const couldNotStart = [...quotaWaits.keys(), ...guardHolds.keys()];
  // Another daemon may serve the runtime by now, or there is another runtime: neither says anything.
  const lastSign = ctx.sql`coalesce(greatest(l.beat_at, r.last_seen_at), t.lease_expires_at)`;
  const isOverdue = ctx.sql`(
    (t.status = 'running' and ${lastSign} < ${lostBefore})
    or (t.status in ('dispatched', 'waiting_directory') and t.lease_expires_at < ${ctx.now}
      and t.dispatched_at < ${before(preparationLimitMs)})
    or (t.status = 'queued' and t.queued_at < ${expiresBefore} and lost.id is null
      and t.agent_id <> all(${couldNotStart}::uuid[])
      and not ${wasHeldByBudget(ctx, expiresBefore)})
    or (t.status = 'deferred' and t.fire_reason = 'runtime_online'
      and t.queued_at < ${lostBefore}))`;
  const joined = ctx.sql`
    left join runtimes r on r.workspace_id = t.workspace_id and r.id = t.runtime_id
      and r.daemon_id = t.daemon_id
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
    order by a.id for key share`;
  return ctx.sql<OverdueRow[]>`
    select ${taskColumns(ctx.sql)}, ${lastSign} as last_sign_at,
      lost.id is not null as retries_lost_runtime
    from tasks t ${joined}
    where t.workspace_id = ${ctx.workspaceId} and ${isOverdue}
      and t.issue_id = any(${issues.map((issue) => issue.id)}::uuid[])
    order by t.id limit ${mostPerSweep} for update of t skip locked`;
}

async function endOverdue(ctx: WorkspaceContext, row: OverdueRow, expiryMs: number): Promise<void> {
  const decision = transition(stateOf(row), overdueStep(ctx, row, expiryMs));
  if (!decision.ok) return;
  await failTask(ctx, row, decision.value);
}

function overdueStep(ctx: WorkspaceContext, row: OverdueRow, expiryMs: number): TaskStep {
  const since = (date: Date | null): number => ctx.now.getTime() - (date?.getTime() ?? 0);
  if (row.status === "running") {
    const silentForMs = since(row.lastSignAt);
    return { type: "runtime_silent", silentForMs, graceMs: ctx.services.instance.reconnectGraceMs };
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
