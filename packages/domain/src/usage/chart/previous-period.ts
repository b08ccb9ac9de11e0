import type { TimeRange } from "../query/cut-time.ts";
import { addDays, dateIn, startOfDate } from "../query/local-time.ts";

export type PreviousPeriod = TimeRange & {
  /** The present period is not over: this is as much of the one before as has passed of it. */
  readonly isPart: boolean;
};

const quarterMs = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;

/**
 * What a period is compared with: the one of the same length right before it. Of a period that still
 * goes on, only as much as has passed of it, to the next quarter of an hour, so that a morning is
 * compared with mornings. Periods of whole days move by calendar days, also over changes of clocks.
 * Null for a period that has not begun.
 */
export function previousPeriod(
  zone: string,
  present: TimeRange,
  nowMs: number,
): PreviousPeriod | null {
  if (present.fromMs >= nowMs) return null;
  const reachedMs = Math.min(present.toMs, Math.ceil((nowMs + 1) / quarterMs) * quarterMs);
  const isPart = reachedMs < present.toMs;
  const days = wholeDaysIn(zone, present);
  if (days === null) {
    const lengthMs = present.toMs - present.fromMs;
    return { fromMs: present.fromMs - lengthMs, toMs: reachedMs - lengthMs, isPart };
  }
  const fromMs = startOfDate(zone, addDays(dateIn(zone, present.fromMs), -days));
  return { fromMs, toMs: isPart ? sameClock(zone, reachedMs, days) : present.fromMs, isPart };
}

/** How many calendar days a range is; null unless it begins and ends at a midnight of the zone. */
export function wholeDaysIn(zone: string, { fromMs, toMs }: TimeRange): number | null {
  const first = dateIn(zone, fromMs);
  const end = dateIn(zone, toMs);
  if (startOfDate(zone, first) !== fromMs || startOfDate(zone, end) !== toMs) return null;
  return Math.round((Date.parse(end) - Date.parse(first)) / dayMs);
}

/** So many days earlier, as long after midnight, but never on the next day. */
function sameClock(zone: string, atMs: number, days: number): number {
  const date = dateIn(zone, atMs - 1);
  const before = addDays(date, -days);
  const movedMs = startOfDate(zone, before) + (atMs - startOfDate(zone, date));
  return Math.min(movedMs, startOfDate(zone, addDays(before, 1)));
}
