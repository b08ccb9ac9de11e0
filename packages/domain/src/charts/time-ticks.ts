import type { TimeRange } from "../usage/query/cut-time.ts";
import { addDays, dateIn, startOfDate, weekdayOf } from "../usage/query/local-time.ts";
import { offsetStretches } from "../usage/query/zone-offsets.ts";

/** A place on the axis; `names` is what to write there: a time, a date, a month or a year. */
export type TimeTick = {
  readonly atMs: number;
  readonly names: "second" | "minute" | "day" | "month" | "year";
};

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const clockSteps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
];

type DateStep = { readonly days: number; readonly isTick: (date: string) => boolean };

const monthOf = (date: string): number => Number(date.slice(5, 7)) - 1;
const yearOf = (date: string): number => Number(date.slice(0, 4));
const startsMonth = (date: string): boolean => date.endsWith("-01");

const dateSteps: readonly DateStep[] = [
  { days: 1, isTick: () => true },
  { days: 2, isTick: (date) => (Date.parse(date) / day) % 2 === 0 },
  { days: 7, isTick: (date) => weekdayOf(date) === 1 },
  ...[1, 3, 6].map((months) => ({
    days: 30 * months,
    isTick: (date: string) => startsMonth(date) && monthOf(date) % months === 0,
  })),
  ...[1, 2, 5, 10].map((years) => ({
    days: 365 * years,
    isTick: (date: string) => date.endsWith("-01-01") && yearOf(date) % years === 0,
  })),
];

/**
 * Round places on the axis of a range by the clock and the calendar of a zone, at most `most` of
 * them. Noon is at noon also on days on which clocks change.
 */
export function timeTicks(zone: string, range: TimeRange, most: number): readonly TimeTick[] {
  const wantedMs = (range.toMs - range.fromMs) / Math.max(1, most);
  const clockStep = clockSteps.find((stepMs) => stepMs >= wantedMs);
  if (clockStep !== undefined) return ticksByClock(zone, range, clockStep);
  const dateStep = dateSteps.find(({ days }) => days * day >= wantedMs) ?? dateSteps.at(-1);
  return dateStep === undefined ? [] : ticksByDate(zone, range, dateStep);
}

function ticksByClock(zone: string, range: TimeRange, stepMs: number): readonly TimeTick[] {
  const ticks: TimeTick[] = [];
  for (const { startsAtMs, endsAtMs, offsetMs } of offsetStretches(zone, range)) {
    const first = Math.ceil((startsAtMs + offsetMs) / stepMs) * stepMs;
    for (let localMs = first; localMs - offsetMs < endsAtMs; localMs += stepMs) {
      ticks.push({ atMs: localMs - offsetMs, names: nameOfClock(localMs) });
    }
  }
  return ticks;
}

function nameOfClock(localMs: number): TimeTick["names"] {
  if (localMs % day === 0) return "day";
  return localMs % minute === 0 ? "minute" : "second";
}

function ticksByDate(zone: string, range: TimeRange, step: DateStep): readonly TimeTick[] {
  const ticks: TimeTick[] = [];
  const last = dateIn(zone, range.toMs);
  for (let date = dateIn(zone, range.fromMs); date <= last; date = nextDate(date, step)) {
    if (!step.isTick(date)) continue;
    const atMs = startOfDate(zone, date);
    if (atMs < range.fromMs || atMs >= range.toMs) continue;
    ticks.push({ atMs, names: nameOfDate(date, step) });
  }
  return ticks;
}

/** Steps of months and years need no look at every day. */
function nextDate(date: string, { days }: DateStep): string {
  if (days < 30) return addDays(date, 1);
  return `${addDays(`${date.slice(0, 7)}-01`, 32).slice(0, 7)}-01`;
}

function nameOfDate(date: string, { days }: DateStep): TimeTick["names"] {
  if (days < 30) return "day";
  return date.endsWith("-01-01") ? "year" : "month";
}
