import { countAt, objectAt, parseJsonObject, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { isZero } from "../../core/usage-counts.ts";
import type { AcpUsageReading } from "./read-usage.ts";

export type KimiUsageRecord = {
  /** Line of the file, from 0: names the record, because the file only ever grows. */
  readonly line: number;
  readonly reading: AcpUsageReading;
};

/**
 * Token counts in one `wire.jsonl` of a Kimi session: lines of type `usage.record` whose classes
 * are disjoint. Records from before the run belong to an earlier run of the same session.
 */
export function readKimiWire(text: string, sinceMs: number): readonly KimiUsageRecord[] {
  return text.split("\n").flatMap((row, line) => {
    if (!row.includes("usage.record")) return [];
    const record = parseJsonObject(row);
    if (record === null || record["type"] !== "usage.record") return [];
    const time = timeMs(record["time"]);
    if (time === null || time < sinceMs) return [];
    return [{ line, reading: readingOf(record) }];
  });
}

/**
 * Whether a model request since then, `llm.request`, has neither a `usage.record` nor the
 * provider's own refusal after it: its reply broke off, and nobody knows what it cost. Null when
 * the file names no request, as those of other versions may.
 */
export function hasOpenKimiRequest(text: string, sinceMs: number): boolean | null {
  let isOpen: boolean | null = null;
  for (const row of text.split("\n")) {
    if (!requestMarks.test(row)) continue;
    const record = parseJsonObject(row);
    if (record === null || (timeMs(record["time"]) ?? 0) < sinceMs) continue;
    const type = stringAt(record, "type");
    if (type === "llm.request") {
      if (isOpen === true) return true;
      isOpen = true;
    }
    if (isOpen !== null && (hasFigures(record) || isRefusal(record))) isOpen = false;
  }
  return isOpen;
}

const requestMarks = /"(llm\.request|usage\.record|turn\.step\.(retrying|interrupted))"/;

/** A turn that is stopped ends with a record of zeros. */
function hasFigures(record: JsonObject): boolean {
  return record["type"] === "usage.record" && !isZero(readingOf(record).counts);
}

/**
 * Why the last turn since then failed, by its `turn.ended`; null when it did not. In the
 * conversation such a turn ends like any other.
 */
export function readKimiFailure(text: string, sinceMs: number): string | null {
  const ended = text
    .split("\n")
    .filter((row) => row.includes('"turn.ended"'))
    .map((row) => parseJsonObject(row))
    .findLast((record) => record?.["type"] === "turn.ended");
  if (!ended || ended["reason"] !== "failed" || (timeMs(ended["time"]) ?? 0) < sinceMs) return null;
  return stringAt(objectAt(ended, "error"), "message") ?? "Kimi's turn failed.";
}

/** What a status of the provider ended was never served: `429 Slow down.`, `[code] 401 …`. */
function isRefusal(record: JsonObject): boolean {
  if (stringAt(record, "type")?.startsWith("turn.step.") !== true) return false;
  const text = stringAt(record, "errorMessage") ?? stringAt(record, "message") ?? "";
  return /^(?:\[[\w.]+\] )?[45]\d\d\b/.test(text);
}

function readingOf(record: JsonObject): AcpUsageReading {
  const usage = objectAt(record, "usage");
  return {
    model: stringAt(record, "model"),
    provider: null,
    raw: usage,
    isConsistent: true,
    counts: {
      input: countAt(usage, "inputOther"),
      cacheRead: countAt(usage, "inputCacheRead"),
      cacheWrite5m: countAt(usage, "inputCacheCreation"),
      cacheWrite1h: 0,
      output: countAt(usage, "output"),
      reasoning: 0,
    },
  };
}

/** Milliseconds since 1970 from milliseconds, seconds or a date in text. */
function timeMs(value: unknown): number | null {
  if (typeof value === "number") return value > 100_000_000_000 ? value : value * 1000;
  if (typeof value !== "string") return null;
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) ? null : parsed;
}
