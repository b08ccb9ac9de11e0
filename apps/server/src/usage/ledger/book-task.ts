import type {
  AgentId,
  IssueId,
  ProjectId,
  RuntimeId,
  TaskId,
  UserId,
} from "@headcount/contract/kit/ids";
import { failureTaxonomy, fileFailure } from "@headcount/domain/tasks/failure-taxonomy";
import { taskTimes } from "@headcount/domain/tasks/task-times";
import type { WorkspaceContext } from "../../platform/context.ts";
import { appendTail } from "../rollups/append-tail.ts";
import { wakeFolder } from "../rollups/folder.ts";
import { unknownProvider } from "./ledger-part.ts";
import { type MeterDimensions, meterKeyText, monthOf } from "./meter.ts";
import { openMeters } from "./open-meters.ts";
import { readTaskFacts } from "./read-task-facts.ts";
import { setCoverage } from "./store-meters.ts";
import { upsertTaskFacts } from "./store-tasks.ts";
import { type TaskFacts, taskTailRows } from "./task-facts.ts";

/** The model of a task that has used none, or says nothing about it. */
export const noModel = "none";

type TaskRow = {
  id: TaskId;
  issueId: IssueId;
  projectId: ProjectId | null;
  agentId: AgentId;
  runtimeId: RuntimeId | null;
  memberId: UserId | null;
  provider: string | null;
  model: string | null;
  queuedAt: Date;
  waitingAt: Date | null;
  startedAt: Date | null;
  endedAt: Date | null;
  outcome: TaskFacts["outcome"];
  coverage: string;
  failureReason: string | null;
  /** int8 */
  linesAdded: string;
  linesDeleted: string;
  filesChanged: string;
};

/** Reaction to the start and the end of a task: it counts as what it is now. */
export const bookTaskOnChange = (
  ctx: WorkspaceContext,
  change: { readonly entity: { readonly id: string } },
): Promise<void> => bookTask(ctx, change.entity.id as TaskId);

/**
 * Books what became of a task: that it started, how it ended, how long it took and what it
 * changed. A task counts once, in the bucket in which it ended, under the model that it used most;
 * booking it again moves the sums by the difference. The caller has locked the task.
 *
 * @param measuredAt when the lines were counted that a task has changed which still runs
 */
export async function bookTask(
  ctx: WorkspaceContext,
  taskId: TaskId,
  measuredAt: Date | null = null,
): Promise<void> {
  const row = await readTask(ctx, taskId);
  if (!row || (row.startedAt === null && row.endedAt === null)) return;
  const meter = meterOf(row);
  const meterIds = await openMeters(ctx, [meter]);
  const before = await readTaskFacts(ctx, taskId);
  const countedAt = row.endedAt ?? measuredAt ?? measuredBefore(row, before, ctx.now);
  const after = factsOf({ ...row, countedAt }, meterIds.get(meterKeyText(meter)) ?? 0, ctx.now);
  await upsertTaskFacts(ctx, taskId, after);
  await setCoverage(ctx, taskId, row.coverage);
  await appendTail(ctx, taskTailRows(before, after));
  wakeFolder(ctx);
}

/**
 * Locks its issue shared: one that moves to another project meanwhile either takes the task's meter
 * along, or is waited for. Tasks that end because their agent, machine or person goes away get here
 * without a lock of their issue.
 */
async function readTask(ctx: WorkspaceContext, taskId: TaskId): Promise<TaskRow | undefined> {
  const [row] = await ctx.sql<TaskRow[]>`
    select t.id, t.issue_id, i.project_id, t.agent_id, t.runtime_id,
      t.accountable_id as member_id, used.provider, coalesce(used.model, t.model_used) as model,
      t.queued_at, t.waiting_at, t.started_at, t.ended_at, t.outcome, t.failure_reason,
      t.lines_added, t.lines_deleted, t.files_changed, t.coverage_level as coverage
    from tasks t
    join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
    left join lateral (
      select m.provider, m.model from usage_meters m
      where m.workspace_id = t.workspace_id and m.task_id = t.id and m.kind = 'usage'
      order by m.input + m.cache_read + m.cache_write_5m + m.cache_write_1h + m.output desc, m.id
      limit 1
    ) as used on true
    where t.workspace_id = ${ctx.workspaceId} and t.id = ${taskId}
    for share of i`;
  return row;
}

function meterOf(row: TaskRow): MeterDimensions {
  const { issueId, projectId, agentId, runtimeId, memberId } = row;
  return {
    kind: "task",
    month: monthOf(row.queuedAt),
    taskId: row.id,
    sessionKey: null,
    lease: 0,
    provider: row.provider ?? unknownProvider,
    model: row.model ?? noModel,
    role: "main",
    source: "task",
    billingMode: "api",
    failureClass:
      row.outcome === "failed"
        ? failureTaxonomy[fileFailure(row.failureReason).reason].chartClass
        : null,
    issueId,
    projectId,
    agentId,
    runtimeId,
    memberId,
  };
}

/** When the lines of a running task were measured; now, if its end has turned out to be none. */
function measuredBefore(row: TaskRow, before: TaskFacts | null, now: Date): Date | null {
  if (before?.outcome === null) return before.endedAt;
  return [row.linesAdded, row.linesDeleted, row.filesChanged].some(Number) ? now : null;
}

function factsOf(
  row: TaskRow & { readonly countedAt: Date | null },
  meterId: number,
  now: Date,
): TaskFacts {
  const { startedAt, endedAt, outcome } = row;
  const times = taskTimes({ ...row, endedAt }, endedAt ?? now);
  return {
    meterId,
    startedAt,
    endedAt: row.countedAt,
    outcome,
    runMs: BigInt(times.runMs),
    queueMs: BigInt(times.queueMs),
    waitingMs: BigInt(times.waitingMs),
    linesAdded: BigInt(row.linesAdded),
    linesDeleted: BigInt(row.linesDeleted),
    filesChanged: BigInt(row.filesChanged),
  };
}
