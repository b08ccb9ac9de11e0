import { hash } from "node:crypto";
import { digestUuid } from "../digest-uuid.ts";

/**
 * Where an event stands in the ledger: the first 6 bytes of the task's or session's UUID, which
 * keep rows of a task together (a version 7 UUID begins with its time), then 10 bytes of the
 * SHA-256 of the event key. The same key is always the same id.
 * @param subjectId UUID of the task, or for usage without a task `importSubject`
 */
export function eventIdOf(subjectId: string, eventKey: string): string {
  const digest = hash("sha256", eventKey, "hex");
  const place = subjectId.slice(0, 13);
  return `${place}-${digest.slice(0, 4)}-${digest.slice(4, 8)}-${digest.slice(8, 20)}`;
}

/** Stands in the place of the task for calls that were brought in from session files of a source. */
export function importSubject(source: string): string {
  return digestUuid(["import", source]);
}
