import type { Redactor } from "@headcount/agent-drivers/core/redactor";
import { sanitizeText } from "@headcount/contract/kit/values";

/** Redacts every string and key of a JSON value; what is larger than `maxBytes` becomes cut text. */
export function redactJson(value: unknown, redactor: Redactor, maxBytes: number): unknown {
  const clean = redactDeep(value, redactor);
  const text = JSON.stringify(clean) ?? "null";
  if (Buffer.byteLength(text) <= maxBytes) return clean;
  return { truncated: text.slice(0, Math.floor(maxBytes / 4)).toWellFormed() };
}

function redactDeep(value: unknown, redactor: Redactor): unknown {
  if (typeof value === "string") return sanitizeText(redactor.redact(value));
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, redactor));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      sanitizeText(redactor.redact(key)),
      redactDeep(item, redactor),
    ]),
  );
}
