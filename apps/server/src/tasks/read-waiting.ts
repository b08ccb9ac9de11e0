import type { AgentId, DaemonId, IssueId, RuntimeId, TaskId } from "@headcount/contract/kit/ids";
import type { WaitingReason } from "@headcount/contract/tasks/states";
import { formatAmount } from "@headcount/domain/budgets/amounts";
import { describeStanding } from "@headcount/domain/budgets/describe-standing";
import { describeMachineProblem } from "@headcount/domain/runtimes/describe-machine-problem";
import { type WaitingFacts, waitingReasons } from "@headcount/domain/tasks/waiting-reasons";
import { type BudgetHold, readHolds } from "../budgets/read-holds.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { lastSign, runtimeHealth } from "../runtimes/runtime-health.ts";
import { readHeldAgents } from "../runaway/read-held-agents.ts";
import { type QuotaWait, readQuotaWaits } from "./read-quota-waits.ts";
import type { TaskRow } from "./task-row.ts";

type WaitingRow = {
  id: TaskId;
  issueId: IssueId;
  agentId: AgentId;
  status: WaitingFacts["status"];
  queuedAt: Date;
  fireAt: Date | null;
  fireReason: TaskRow["fireReason"];
  step: string | null;
  stepSince: Date | null;
  displayDirectory: string | null;
  holder: string | null;
  agentName: string;
  archivedAt: Date | null;
  activeTasks: number;
  maxConcurrentTasks: number;
  runtimeId: RuntimeId | null;
  runtimeName: string | null;
  machineName: string | null;
  runtimeOwnerName: string | null;
  usableByAgent: boolean | null;
  online: boolean | null;
  lastSeenAt: Date | null;
  problem: string | null;
  problemDetail: string | null;
  repairHint: string | null;
  daemonId: DaemonId | null;
  beatAt: Date | null;
  machineProblem: string | null;
  slotsTotal: number | null;
  slotsFree: number | null;
  slotTaskId: TaskId | null;
  slotSince: Date | null;
  ahead: number;
  aheadPriority: number | null;
};

/** Why each of these unfinished tasks is not running yet, the decisive reason first. */
export async function readWaiting(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
): Promise<Map<TaskId, readonly WaitingReason[]>> {
  if (taskIds.length === 0) return new Map();
  const [rows, quotaWaits, guardHolds, budgetHolds] = await Promise.all([
    readWaitingRows(ctx, taskIds),
    readQuotaWaits(ctx),
    readHeldAgents(ctx),
    readHolds(ctx, taskIds),
  ]);
  return new Map(
    rows.map((row) => [
      row.id,
      waitingReasons({
        ...toFacts(ctx.now, row, quotaWaits.get(row.agentId) ?? null),
        guard: guardHolds.get(row.agentId) ?? null,
        budget: toBudget(budgetHolds.get(row.id)),
      }),
    ]),
  );
}

function readWaitingRows(ctx: WorkspaceContext, taskIds: readonly TaskId[]): Promise<WaitingRow[]> {
  return ctx.sql<WaitingRow[]>`
    select t.id, t.issue_id, t.agent_id, t.status, t.queued_at, t.fire_at, t.fire_reason, t.step,
      t.step_since, t.display_directory, t.activity as holder,
      a.name as agent_name, a.archived_at, a.max_concurrent_tasks,
      (select count(*)::int from tasks b where b.workspace_id = t.workspace_id
        and b.agent_id = t.agent_id and b.id <> t.id
        and b.status in ('dispatched', 'waiting_directory', 'running')) as active_tasks,
      r.id as runtime_id, coalesce(r.custom_name, r.machine_name || ' · ' || r.cli_title) as runtime_name,
      r.machine_name, owner.name as runtime_owner_name,
      (r.sharing = 'workspace' or r.owner_id = a.owner_id) as usable_by_agent,
      r.online, r.last_seen_at, r.problem, r.problem_detail, r.repair_hint, r.daemon_id,
      l.beat_at, l.machine_problem, l.slots_total, l.slots_free,
      slot.id as slot_task_id, slot.since as slot_since,
      coalesce(before.tasks, 0) as ahead, before.priority as ahead_priority
    from tasks t
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    left join runtimes r on r.workspace_id = a.workspace_id and r.id = a.runtime_id
      and r.removed_at is null
    left join users owner on owner.id = r.owner_id
    left join daemon_liveness l on l.workspace_id = r.workspace_id and l.daemon_id = r.daemon_id
    left join lateral (
      select b.id, coalesce(b.started_at, b.dispatched_at, b.queued_at) as since
      from tasks b where b.workspace_id = t.workspace_id and b.issue_id = t.issue_id
        and b.agent_id = t.agent_id and b.id <> t.id
        and b.status in ('dispatched', 'waiting_directory', 'running') limit 1
    ) slot on true
    left join lateral (
      select count(*)::int as tasks, max(q.priority)::int as priority
      from tasks q join agents qa on qa.workspace_id = q.workspace_id and qa.id = q.agent_id
      where t.status = 'queued' and q.workspace_id = t.workspace_id and q.status = 'queued'
        and qa.runtime_id = a.runtime_id and q.id <> t.id
        and (q.priority, t.queued_at, t.id) > (t.priority, q.queued_at, q.id)
    ) before on true
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${taskIds}::uuid[])
      and t.status in ('deferred', 'queued', 'dispatched', 'waiting_directory')`;
}

function toFacts(
  now: Date,
  row: WaitingRow,
  quotaWait: QuotaWait | null,
): Omit<WaitingFacts, "guard" | "budget"> {
  return {
    status: row.status,
    queuedAt: row.queuedAt.toISOString(),
    agent: {
      name: row.agentName,
      archivedAt: row.archivedAt?.toISOString() ?? null,
      activeTasks: row.activeTasks,
      maxConcurrentTasks: row.maxConcurrentTasks,
    },
    runtime: toRuntime(now, row),
    schedule: toSchedule(row),
    quota: quotaWait && toQuota(quotaWait),
    slotTask:
      row.slotTaskId && row.slotSince
        ? { taskId: row.slotTaskId, since: row.slotSince.toISOString() }
        : null,
    directory:
      row.status === "waiting_directory"
        ? {
            name: row.displayDirectory ?? "",
            holder: row.holder ?? "",
            since: (row.stepSince ?? row.queuedAt).toISOString(),
          }
        : null,
    ahead: row.ahead > 0 ? { tasks: row.ahead, highestPriority: row.aheadPriority ?? 0 } : null,
    preparing:
      row.step && row.stepSince ? { step: row.step, since: row.stepSince.toISOString() } : null,
  };
}

function toBudget(hold: BudgetHold | undefined): WaitingFacts["budget"] {
  if (hold === undefined) return null;
  const { unit, since, until } = hold;
  return {
    ...hold,
    spent: formatAmount(unit, hold.spent),
    limit: formatAmount(unit, hold.limit),
    standing: describeStanding(hold),
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
  };
}

/** Keys of its own are named after the agent that brings them. */
function toQuota({
  provider,
  account,
  agentName,
  since,
  endsAt,
}: QuotaWait): WaitingFacts["quota"] {
  return {
    provider,
    account: account === "" ? null : agentName,
    since: since.toISOString(),
    until: endsAt.toISOString(),
  };
}

function toSchedule(row: WaitingRow): WaitingFacts["schedule"] {
  if (row.fireAt === null || row.fireReason === null || row.fireReason === "runtime_online") {
    return null;
  }
  return { fireAt: row.fireAt.toISOString(), why: row.fireReason };
}

function toRuntime(now: Date, row: WaitingRow): WaitingFacts["runtime"] {
  if (row.runtimeId === null || row.lastSeenAt === null) return null;
  const signs = { online: row.online === true, lastSeenAt: row.lastSeenAt, beatAt: row.beatAt };
  const machine = row.problem === null ? describeMachineProblem(row.machineProblem) : null;
  return {
    name: row.runtimeName ?? "",
    machineName: row.machineName ?? "",
    ownerName: row.runtimeOwnerName ?? "",
    usableByAgent: row.usableByAgent === true,
    health: runtimeHealth(signs, now),
    lastSeenAt: lastSign(signs).toISOString(),
    problem: row.problem ?? row.machineProblem,
    problemDetail: row.problemDetail ?? machine?.detail ?? null,
    repairHint: row.repairHint ?? machine?.repairHint ?? null,
    slots: { total: row.slotsTotal ?? 0, free: row.slotsFree ?? 0 },
  };
}
