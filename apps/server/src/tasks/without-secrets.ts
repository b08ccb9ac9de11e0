import { redactStrings } from "@headcount/redaction/redact-strings";
import type { Redactor } from "@headcount/redaction/redactor";
import type { TaskRecord } from "./task-record.ts";

/** Ids of sessions and folders are needed as they are; everything that people read is redacted. */
export function withoutSecrets<R extends TaskRecord>(record: R, redactor: Redactor): R {
  if (record.kind === "session" || record.kind === "cancel_ack") return record;
  return { ...record, body: redactStrings(record.body, redactor) };
}
