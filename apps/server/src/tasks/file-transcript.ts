import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import { isTerminal } from "@headcount/domain/tasks/task-can";
import type { WorkspaceContext } from "../platform/context.ts";
import { cutText } from "./cut-text.ts";
import { insertMessages, type NewMessage } from "./store-messages.ts";
import type { TaskRow } from "./task-row.ts";

type TranscriptOutboxRecord = Extract<OutboxRecord, { kind: "transcript" }>;
type Answer = Pick<RecordAcknowledgement, "result" | "reason">;

/** Largest stored content of a row, UTF-8 bytes. */
export const mostContentBytes = 64 * 1024;
/** Larger tool inputs are kept as the beginning of their text. */
const mostInputBytes = 64 * 1024;

/** Files rows under the lease they were made in, in one statement; late ones are marked so. */
export async function fileTranscript(
  ctx: WorkspaceContext,
  row: TaskRow,
  records: readonly TranscriptOutboxRecord[],
): Promise<Map<TranscriptOutboxRecord, Answer>> {
  if (records.length === 0) return new Map();
  const messages = new Map(records.map((record) => [record, toMessage(ctx, row, record)] as const));
  const unique = new Map(
    [...messages.values()].map((message) => [placeOf(message), message] as const),
  );
  const stored = new Set((await insertMessages(ctx, row.id, [...unique.values()])).map(placeOf));
  if (stored.size > 0) {
    const { workspaceId } = ctx;
    ctx.afterCommit(() =>
      ctx.services.signal({ topic: "transcript", workspaceId, taskId: row.id }),
    );
  }
  const answers = new Map<TranscriptOutboxRecord, Answer>();
  for (const [record, message] of messages) {
    const isNew = stored.delete(placeOf(message));
    const filed = message.late ? "late" : "stored";
    answers.set(record, { result: isNew ? filed : "duplicate", reason: null });
  }
  return answers;
}

const placeOf = ({ lease, seq }: { lease: number; seq: number }): string => `${lease}.${seq}`;

function toMessage(
  ctx: WorkspaceContext,
  row: TaskRow,
  { lease, ageMs, body }: TranscriptOutboxRecord,
): NewMessage {
  const cut = cutText(body.content, mostContentBytes);
  return {
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
