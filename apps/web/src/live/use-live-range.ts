import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { LiveSearch, LiveSpan } from "./live-search.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const defaultSpan: LiveSpan = "1h";

export const spanMs: Readonly<Record<LiveSpan, number>> = {
  "15m": 15 * minuteMs,
  "1h": hourMs,
  "6h": 6 * hourMs,
  "24h": dayMs,
  "7d": 7 * dayMs,
  "30d": 30 * dayMs,
};

/** The stretch that stands in the address; null while the page follows the clock. */
export function fixedRange({ from, to }: LiveSearch): TimeRange | null {
  if (from === undefined || to === undefined) return null;
  const range = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  return range.toMs - range.fromMs >= minuteMs ? range : null;
}

/** The last stretch of a length, up to the end of the bucket that is being filled. */
export function followingRange(span: LiveSpan, nowMs: number): TimeRange {
  const lengthMs = spanMs[span];
  const stepMs = stepOf(lengthMs);
  const toMs = (Math.floor(nowMs / stepMs) + 1) * stepMs;
  return { fromMs: toMs - lengthMs, toMs };
}

/** Width of the buckets that the server chooses for a length; what is followed moves by whole ones. */
function stepOf(lengthMs: number): number {
  if (lengthMs <= 90 * minuteMs) return 10_000;
  if (lengthMs <= 8 * hourMs) return minuteMs;
  if (lengthMs <= 26 * hourMs) return 5 * minuteMs;
  return lengthMs <= 10 * dayMs ? 15 * minuteMs : hourMs;
}

/** How often what is shown may load again: its buckets are filled no faster than the eye reads. */
export function refreshMs(lengthMs: number): number {
  if (lengthMs <= 90 * minuteMs) return 1_000;
  if (lengthMs <= 8 * hourMs) return 5_000;
  return 30_000;
}
