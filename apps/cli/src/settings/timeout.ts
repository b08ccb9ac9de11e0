import { invalidUse } from "../errors/cli-error.ts";

const defaultMs = 30_000;
const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/** Longest wait for one answer: `HEADCOUNT_HTTP_TIMEOUT` such as `10s`, else 30 seconds. */
export function readTimeoutMs(environment: Readonly<Record<string, string | undefined>>): number {
  const text = environment["HEADCOUNT_HTTP_TIMEOUT"];
  if (!text) return defaultMs;
  const match = /^([1-9]\d{0,6})(ms|s|m)$/.exec(text);
  const unit = unitMs[match?.[2] ?? ""];
  if (match && unit) return Number(match[1]) * unit;
  throw invalidUse(`HEADCOUNT_HTTP_TIMEOUT is "${text}".`, "Write a duration such as 30s or 2m.");
}
