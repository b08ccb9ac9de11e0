import type { OutboxRecord } from "@headcount/contract/daemon/schemas";
import { isTerminal } from "@headcount/domain/tasks/task-can";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTask } from "./emit-task.ts";
import type { KeptTask } from "./lock-tasks.ts";
import type { RecordAnswer as Answer, RecordAnswers } from "./record-answer.ts";
import { type TaskProgress, writeProgress } from "./store-progress.ts";
import { updateTask } from "./store-tasks.ts";
import type { TaskRow } from "./task-row.ts";

type RecordOf<K extends OutboxRecord["kind"]> = Extract<OutboxRecord, { kind: K }>;

/** A record of a task that does not change meanwhile. */
export type ProgressOf = { readonly row: KeptTask; readonly record: RecordOf<"progress"> };

const stored: Answer = { result: "stored", reason: null };
const duplicate: Answer = { result: "duplicate", reason: null };
const lost: Answer = { result: "late", reason: "lease_lost" };

/** What agents do right now, for cards; of each the last that it says. */
export async function applyProgress(
  ctx: WorkspaceContext,
  reports: readonly ProgressOf[],
): Promise<RecordAnswers> {
  const answers = new Map<OutboxRecord, Answer>();
  const latest = new Map<KeptTask, TaskProgress>();
  for (const { row, record } of reports) {
    const counts = holds(ctx, row, record.lease) && !isTerminal(row.status);
    answers.set(record, counts ? stored : lost);
    if (!counts) continue;
    const at = new Date(ctx.now.getTime() - record.ageMs);
    const { id, status, lease } = row;
    latest.set(row, { task: { id, status, lease }, activity: record.body.activity, at });
  }
  await writeProgress(ctx, [...latest.values()]);
  for (const row of latest.keys()) emitTask(ctx, "task.progress", row, ["activity"]);
  return answers;
}

/**
 * Pins session and directory as soon as they are known, so that a retry can go on with them. A
 * run that was cancelled under this very lease may still say where it can be continued.
 */
export async function applySession(
  ctx: WorkspaceContext,
  row: TaskRow,
  { lease, body }: RecordOf<"session">,
): Promise<Answer> {
  const mayStillSay = row.lease === lease && (row.status === "cancelled" || !row.leaseRevoked);
  if (!mayStillSay || !isOwn(ctx, row)) return lost;
  if (row.sessionId === body.sessionId && row.workDirectory === body.workDirectory) {
    return duplicate;
  }
  await updateTask(ctx, row, {
    sessionId: body.sessionId,
    workDirectory: body.workDirectory,
    ...(body.modelUsed === null ? {} : { modelUsed: body.modelUsed }),
  });
  emitTask(ctx, "task.progress", row, ["sessionId"]);
  return stored;
}

/** Nothing of a cancelled run is left; says where its work is kept. */
export async function applyCancelAck(
  ctx: WorkspaceContext,
  row: TaskRow,
  { lease, body }: RecordOf<"cancel_ack">,
): Promise<Answer> {
  if (row.status !== "cancelled" || row.lease !== lease || !isOwn(ctx, row)) return lost;
  await updateTask(ctx, row, {
    ...(body.branch === null ? {} : { branch: body.branch }),
    ...(body.workDirectory === null ? {} : { workDirectory: body.workDirectory }),
    step: null,
  });
  return stored;
}

function holds(ctx: WorkspaceContext, row: KeptTask, lease: number): boolean {
  return row.lease === lease && !row.leaseRevoked && isOwn(ctx, row);
}

function isOwn(ctx: WorkspaceContext, row: Pick<TaskRow, "daemonId">): boolean {
  return ctx.actor.kind === "daemon" && ctx.actor.daemonId === row.daemonId;
}
