import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import type { DaemonId, TaskId } from "@headcount/contract/kit/ids";
import { readAgentRedactor } from "../agents/read-agent-redactor.ts";
import { lockIssue } from "../issues/lock-issue.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { applyCancelAck, applyProgress, applySession } from "./apply-worker-facts.ts";
import { fileTranscript } from "./file-transcript.ts";
import { keepAgent, keepIssue } from "./lock-owners.ts";
import { findTaskPlace, lockTask } from "./lock-tasks.ts";
import { acknowledge, type RecordAnswer as Answer, unknownTask } from "./record-answer.ts";
import { settleReport } from "./settle-report.ts";
import { storeChanges } from "./store-changes.ts";
import type { TaskRecord } from "./task-record.ts";
import type { TaskRow } from "./task-row.ts";
import { withoutSecrets } from "./without-secrets.ts";

type RecordOf<K extends OutboxRecord["kind"]> = Extract<OutboxRecord, { kind: K }>;

/**
 * Takes sanitised records of one task in their order and answers each for itself. Transcript rows
 * are filed whatever has become of the lease; everything else needs the valid one.
 */
export async function deliverRecords(
  ctx: WorkspaceContext,
  taskId: TaskId,
  received: readonly TaskRecord[],
): Promise<RecordAcknowledgement[]> {
  const row = await lockForDelivery(ctx, taskId, received);
  if (row === null) return received.map((record) => acknowledge(record, unknownTask));
  const redactor = await readAgentRedactor(ctx, row.agentId);
  const records = received.map((record) => withoutSecrets(record, redactor));
  const transcript = records.filter((record) => record.kind === "transcript");
  const reports = transcript.map((record) => ({ row, record }));
  const answers = new Map(await fileTranscript(ctx, reports));
  for (const record of records) {
    if (record.kind === "transcript") continue;
    answers.set(record, await applyState(ctx, taskId, record));
  }
  return records.map((record) => acknowledge(record, answers.get(record) ?? unknownTask));
}

/**
 * Issue and agent are locked before the task, because the end of a run may change the one and give
 * the other new work. What a run changes is booked to its issue, which must not move meanwhile.
 */
async function lockForDelivery(
  ctx: WorkspaceContext,
  taskId: TaskId,
  records: readonly TaskRecord[],
): Promise<TaskRow | null> {
  const place = await findTaskPlace(ctx, taskId);
  if (!place) return null;
  if (records.some((record) => record.kind === "terminal")) {
    await lockIssue(ctx, place.issueId);
    await keepAgent(ctx, place.agentId);
  } else if (records.some((record) => record.kind === "changes")) {
    await keepIssue(ctx, place.issueId);
  }
  const row = await lockTask(ctx, taskId);
  return (await mayReport(ctx, row)) ? row : null;
}

/** The machine runs the task now, or claimed it once and still has something to say about it. */
async function mayReport(ctx: WorkspaceContext, row: TaskRow): Promise<boolean> {
  if (ctx.actor.kind !== "daemon") return false;
  const { daemonId } = ctx.actor;
  if (row.daemonId === daemonId) return true;
  return claimedOnce(ctx, row.id, daemonId);
}

async function claimedOnce(
  ctx: WorkspaceContext,
  taskId: TaskId,
  daemonId: DaemonId,
): Promise<boolean> {
  const [claim] = await ctx.sql`
    select 1 from claims where workspace_id = ${ctx.workspaceId} and daemon_id = ${daemonId}
      and task_ids @> ${[taskId]}::uuid[] limit 1`;
  return claim !== undefined;
}

/** Each step reads the task anew: the record before may have changed it. */
async function applyState(
  ctx: WorkspaceContext,
  taskId: TaskId,
  record: Exclude<TaskRecord, { kind: "transcript" }>,
): Promise<Answer> {
  const row = await lockTask(ctx, taskId);
  switch (record.kind) {
    case "progress":
      return (await applyProgress(ctx, [{ row, record }])).get(record) ?? unknownTask;
    case "session":
      return applySession(ctx, row, record);
    case "cancel_ack":
      return applyCancelAck(ctx, row, record);
    case "changes":
      return applyChanges(ctx, row, record);
    case "terminal":
      return applyTerminal(ctx, row, record);
  }
}

async function applyChanges(
  ctx: WorkspaceContext,
  row: TaskRow,
  { lease, sequence, ageMs, body }: RecordOf<"changes">,
): Promise<Answer> {
  const result = await storeChanges(ctx, row, { lease, sequence, ageMs, totals: body });
  return { result, reason: result === "late" ? "lease_lost" : null };
}

async function applyTerminal(
  ctx: WorkspaceContext,
  row: TaskRow,
  record: RecordOf<"terminal">,
): Promise<Answer> {
  const isStranger = ctx.actor.kind !== "daemon" || ctx.actor.daemonId !== row.daemonId;
  const lease = isStranger ? -1 : record.lease;
  const { changes: totals } = record.body;
  // Before the end, which books them.
  const { sequence, ageMs } = record;
  if (totals) await storeChanges(ctx, row, { lease, sequence, ageMs, totals });
  const result = await settleReport(ctx, row, lease, record.body);
  if (result === "late") return { result, reason: "lease_lost" };
  if (result === "rejected") return { result, reason: "task.illegal_transition" };
  return { result, reason: null };
}
