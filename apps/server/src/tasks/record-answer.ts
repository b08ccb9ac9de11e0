import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";

export type RecordAnswer = Pick<RecordAcknowledgement, "result" | "reason">;

/** What became of each record that somebody has looked at. */
export type RecordAnswers = ReadonlyMap<OutboxRecord, RecordAnswer>;

export const unknownTask: RecordAnswer = { result: "rejected", reason: "task.not_found" };

/** The answer to a record of a machine, under the name by which the machine knows it. */
export function acknowledge(
  { taskId, lease, sequence }: OutboxRecord,
  { result, reason }: RecordAnswer,
): RecordAcknowledgement {
  return { taskId, lease, sequence, result, reason };
}
