import type { LiveComparison } from "@headcount/contract/live/words";
import type { TimeRange } from "../usage/query/cut-time.ts";
import { addDays, dateIn, startOfDate } from "../usage/query/local-time.ts";

const weekMs = 7 * 24 * 60 * 60_000;

/**
 * What a range is compared with: the stretch of the same length right before it, or the same times
 * by the clock as many weeks earlier as it takes not to overlap.
 */
export function comparedRange(
  zone: string,
  range: TimeRange,
  comparison: LiveComparison,
): TimeRange {
  const lengthMs = range.toMs - range.fromMs;
  if (comparison === "previous") return { fromMs: range.fromMs - lengthMs, toMs: range.fromMs };
  const weeks = Math.ceil(lengthMs / weekMs);
  const fromMs = weeksEarlier(zone, range.fromMs, weeks);
  return { fromMs, toMs: fromMs + lengthMs };
}

/** The same time of day by the clocks of the zone; a day of another length shifts it by its start. */
function weeksEarlier(zone: string, atMs: number, weeks: number): number {
  const date = dateIn(zone, atMs);
  const sinceMidnightMs = atMs - startOfDate(zone, date);
  return startOfDate(zone, addDays(date, -7 * weeks)) + sinceMidnightMs;
}
