import type { TimeRange } from "../usage/query/cut-time.ts";
import { offsetStretches } from "../usage/query/zone-offsets.ts";
import type { Instants } from "./find-bucket.ts";

/** With what a range is compared: the one before it, or the same days of the week before. */
export type ComparedWith = "previous" | "weekday";

export type Comparison = {
  readonly with: ComparedWith;
  readonly zone: string;
  readonly range: TimeRange;
};

const dayMs = 24 * 60 * 60_000;

/** The range that another one is compared with; by the calendar of the zone where days are whole. */
export function comparedRange(comparison: Comparison): TimeRange {
  const { range } = comparison;
  const move = mover(comparison);
  return { fromMs: move(range.fromMs, -1), toMs: move(range.toMs, -1) };
}

/** Instants of the compared range, moved onto the range itself: noon onto noon, also when clocks changed. */
export function alignTimes(timesMs: Instants, comparison: Comparison): Float64Array {
  const move = mover(comparison);
  return Float64Array.from(timesMs, (atMs) => move(atMs, 1));
}

function mover(comparison: Comparison): (atMs: number, direction: 1 | -1) => number {
  const { zone, range } = comparison;
  const days = daysApart(comparison);
  if (days === null) {
    const widthMs = range.toMs - range.fromMs;
    return (atMs, direction) => atMs + direction * widthMs;
  }
  return (atMs, direction) => shiftDays(zone, atMs, direction * days);
}

/** Whole days between a range and what it is compared with; null where only its width counts. */
function daysApart({ with: choice, zone, range }: Comparison): number | null {
  const localWidthMs = localMs(zone, range.toMs) - localMs(zone, range.fromMs);
  if (choice === "weekday") return 7 * Math.max(1, Math.ceil(localWidthMs / (7 * dayMs)));
  return localWidthMs > 0 && localWidthMs % dayMs === 0 ? localWidthMs / dayMs : null;
}

/** The same time on the clock so many days later. */
function shiftDays(zone: string, atMs: number, days: number): number {
  const wantedMs = localMs(zone, atMs) + days * dayMs;
  const guessMs = wantedMs - offsetAt(zone, atMs);
  return wantedMs - offsetAt(zone, guessMs);
}

function localMs(zone: string, atMs: number): number {
  return atMs + offsetAt(zone, atMs);
}

function offsetAt(zone: string, atMs: number): number {
  return offsetStretches(zone, { fromMs: atMs, toMs: atMs + 1 })[0]?.offsetMs ?? 0;
}
