import { sanitizeJson } from "@headcount/contract/kit/values";
import { redactStrings } from "@headcount/redaction/redact-strings";
import type { Redactor } from "@headcount/redaction/redactor";

/** Redacts every string and key of a JSON value; what is larger than `maxBytes` becomes cut text. */
export function redactJson(value: unknown, redactor: Redactor, maxBytes: number): unknown {
  const clean = sanitizeJson(redactStrings(value, redactor));
  const text = JSON.stringify(clean) ?? "null";
  if (Buffer.byteLength(text) <= maxBytes) return clean;
  return { truncated: text.slice(0, Math.floor(maxBytes / 4)).toWellFormed() };
}
