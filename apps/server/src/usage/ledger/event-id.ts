import { hash } from "node:crypto";

/**
 * Where an event stands in the ledger: the first 6 bytes of the task's or session's UUID, which
 * keep rows of a task together (a version 7 UUID begins with its time), then 10 bytes of the
 * SHA-256 of the event key. The same key is always the same id.
 * @param subjectId UUID of the task, or of the session for usage without a task
 */
export function eventIdOf(subjectId: string, eventKey: string): string {
  const digest = hash("sha256", eventKey, "hex");
  const place = subjectId.slice(0, 13);
  return `${place}-${digest.slice(0, 4)}-${digest.slice(4, 8)}-${digest.slice(8, 20)}`;
}
