import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import { isTerminal } from "@headcount/domain/tasks/task-can";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTask } from "./emit-task.ts";
import { updateTask } from "./store-tasks.ts";
import type { TaskRow } from "./task-row.ts";

type RecordOf<K extends OutboxRecord["kind"]> = Extract<OutboxRecord, { kind: K }>;
type Answer = Pick<RecordAcknowledgement, "result" | "reason">;

const stored: Answer = { result: "stored", reason: null };
const duplicate: Answer = { result: "duplicate", reason: null };
const lost: Answer = { result: "late", reason: "lease_lost" };

/** What the agent does right now, for cards. */
export async function applyProgress(
  ctx: WorkspaceContext,
  row: TaskRow,
  { lease, ageMs, body }: RecordOf<"progress">,
): Promise<Answer> {
  if (!holds(ctx, row, lease) || isTerminal(row.status)) return lost;
  await updateTask(ctx, row, {
    activity: body.activity,
    progressAt: new Date(ctx.now.getTime() - ageMs),
  });
  emitTask(ctx, "task.progress", row, ["activity"]);
  return stored;
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

function holds(ctx: WorkspaceContext, row: TaskRow, lease: number): boolean {
  return row.lease === lease && !row.leaseRevoked && isOwn(ctx, row);
}

function isOwn(ctx: WorkspaceContext, row: TaskRow): boolean {
  return ctx.actor.kind === "daemon" && ctx.actor.daemonId === row.daemonId;
}
