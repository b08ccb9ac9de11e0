import type { Redactor } from "./redactor.ts";

/** Redacts every string and key inside a JSON value, at any depth. */
export function redactStrings<T>(value: T, redactor: Pick<Redactor, "redact">): T {
  return redactDeep(value, redactor) as T;
}

function redactDeep(value: unknown, redactor: Pick<Redactor, "redact">): unknown {
  if (typeof value === "string") return redactor.redact(value);
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, redactor));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redactor.redact(key), redactDeep(item, redactor)]),
  );
}
