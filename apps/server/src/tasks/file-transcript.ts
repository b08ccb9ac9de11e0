import type { OutboxRecord } from "@headcount/contract/daemon/schemas";
import { isTerminal } from "@headcount/domain/tasks/task-can";
import type { WorkspaceContext } from "../platform/context.ts";
import { cutText } from "./cut-text.ts";
import type { RecordAnswer, RecordAnswers } from "./record-answer.ts";
import { insertMessages, type MessagePlace, type NewMessage } from "./store-messages.ts";
import type { TaskRow } from "./task-row.ts";

/** A record of a task that does not change meanwhile. */
export type TranscriptOf = {
  readonly row: Pick<TaskRow, "id" | "status" | "lease" | "leaseRevoked">;
  readonly record: Extract<OutboxRecord, { kind: "transcript" }>;
};

/** Largest stored content of a row, UTF-8 bytes. */
export const mostContentBytes = 64 * 1024;
/** Larger tool inputs are kept as the beginning of their text. */
const mostInputBytes = 64 * 1024;

/**
 * Files rows of one or more tasks under the lease they were made in, in one statement; late ones
 * are marked so.
 */
export async function fileTranscript(
  ctx: WorkspaceContext,
  reports: readonly TranscriptOf[],
): Promise<RecordAnswers> {
  const messages = new Map(reports.map((report) => [report.record, toMessage(ctx, report)]));
  const unique = new Map([...messages.values()].map((message) => [placeOf(message), message]));
  const places = await insertMessages(ctx, [...unique.values()]);
  for (const taskId of new Set(places.map((place) => place.taskId))) {
    const { workspaceId } = ctx;
    ctx.afterCommit(() => ctx.services.signal({ topic: "transcript", workspaceId, taskId }));
  }
  const stored = new Set(places.map(placeOf));
  const answers = new Map<OutboxRecord, RecordAnswer>();
  for (const [record, message] of messages) {
    const isNew = stored.delete(placeOf(message));
    const filed = message.late ? "late" : "stored";
    answers.set(record, { result: isNew ? filed : "duplicate", reason: null });
  }
  return answers;
}

const placeOf = ({ taskId, lease, seq }: MessagePlace): string => `${taskId}.${lease}.${seq}`;

function toMessage(ctx: WorkspaceContext, { row, record }: TranscriptOf): NewMessage {
  const { lease, ageMs, body } = record;
  const cut = cutText(body.content, mostContentBytes);
  return {
    taskId: row.id,
    seq: body.seq,
    lease,
    type: body.type,
    tool: body.tool,
    callId: body.callId,
    content: cut.text,
    input: boundedInput(body.input),
    originalBytes: body.originalBytes ?? cut.originalBytes,
    isError: body.isError,
    isSubagent: body.isSubagent,
    late: lease !== row.lease || row.leaseRevoked || isTerminal(row.status),
    // The machine's clock is not trusted: a row is as old as it says, counted from its arrival.
    at: new Date(ctx.now.getTime() - ageMs),
  };
}

function boundedInput(input: unknown): unknown {
  if (input === undefined || input === null) return null;
  const cut = cutText(JSON.stringify(input), mostInputBytes);
  return cut.originalBytes === null ? input : { cut: cut.text };
}
