import type { UsageBucket } from "@headcount/contract/usage/query-words";
import { addDays, dateIn, startOfDate, weekdayOf } from "./local-time.ts";
import { offsetStretches } from "./zone-offsets.ts";

/** One bucket on the axis of time. */
export type TimeSlot = {
  readonly startsAtMs: number;
  /** Exclusive. */
  readonly endsAtMs: number;
  /** By the calendar of the zone: `2026-11-21`, `2026-11-21 14:00`, `2026-11-21 14:00:10`, `2026-W47`, `2026-11`. */
  readonly label: string;
  /** The range begins or ends inside of it. */
  readonly isCut: boolean;
};

export type TimeRange = { readonly fromMs: number; readonly toMs: number };

/**
 * Buckets of a range by the clock and the calendar of a zone, in order, without gaps, the first and
 * last cut to the range. Hours that happen twice are two buckets; days have 23, 24, 25 or other
 * numbers of hours; a day that a zone skipped is left out.
 */
export function cutTime(zone: string, bucket: UsageBucket, range: TimeRange): readonly TimeSlot[] {
  switch (bucket) {
    case "1s":
    case "10s":
    case "1min":
    case "5min":
    case "15min":
    case "hour":
      return cutByClock(zone, clockWidthMs[bucket], range);
    case "day":
      return cutByDate(zone, range, {
        first: (date) => date,
        next: (date) => addDays(date, 1),
        label: (date) => date,
      });
    case "week":
      return cutByDate(zone, range, {
        first: (date) => addDays(date, 1 - weekdayOf(date)),
        next: (date) => addDays(date, 7),
        label: weekLabel,
      });
    case "month":
      return cutByDate(zone, range, {
        first: (date) => `${date.slice(0, 7)}-01`,
        next: (date) => `${addDays(date, 31).slice(0, 7)}-01`,
        label: (date) => date.slice(0, 7),
      });
  }
}

const clockWidthMs = {
  "1s": 1_000,
  "10s": 10_000,
  "1min": 60_000,
  "5min": 5 * 60_000,
  "15min": 15 * 60_000,
  hour: 60 * 60_000,
} as const;

function cutByClock(zone: string, widthMs: number, range: TimeRange): readonly TimeSlot[] {
  const seen = new Set<string>();
  const labelLength = widthMs < 60_000 ? 19 : 16;
  return offsetStretches(zone, range).flatMap(({ startsAtMs, endsAtMs, offsetMs }) => {
    const slots: TimeSlot[] = [];
    for (let atMs = startsAtMs; atMs < endsAtMs;) {
      const wholeMs = Math.floor((atMs + offsetMs) / widthMs) * widthMs - offsetMs;
      const nextMs = Math.min(wholeMs + widthMs, endsAtMs);
      const clock = new Date(wholeMs + offsetMs)
        .toISOString()
        .slice(0, labelLength)
        .replace("T", " ");
      slots.push({
        startsAtMs: atMs,
        endsAtMs: nextMs,
        label: seen.has(clock) ? `${clock} ${offsetText(offsetMs)}` : clock,
        isCut:
          (atMs === range.fromMs && atMs > wholeMs) ||
          (nextMs === range.toMs && nextMs < wholeMs + widthMs),
      });
      seen.add(clock);
      atMs = nextMs;
    }
    return slots;
  });
}

/** `+05:45` */
function offsetText(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

type DateUnit = {
  /** First date of the unit in which a date lies. */
  readonly first: (date: string) => string;
  /** First date of the unit after the one that begins with a date. */
  readonly next: (date: string) => string;
  readonly label: (date: string) => string;
};

function cutByDate(zone: string, range: TimeRange, unit: DateUnit): readonly TimeSlot[] {
  const slots: TimeSlot[] = [];
  let date = unit.first(dateIn(zone, range.fromMs));
  let startMs = startOfDate(zone, date);
  while (startMs < range.toMs) {
    const nextDate = unit.next(date);
    const nextMs = startOfDate(zone, nextDate);
    const startsAtMs = Math.max(startMs, range.fromMs);
    const endsAtMs = Math.min(nextMs, range.toMs);
    if (startsAtMs < endsAtMs) {
      const isCut = startsAtMs > startMs || endsAtMs < nextMs;
      slots.push({ startsAtMs, endsAtMs, label: unit.label(date), isCut });
    }
    date = nextDate;
    startMs = nextMs;
  }
  return slots;
}

/** ISO 8601 week of a Monday: it belongs to the year of its Thursday. */
function weekLabel(monday: string): string {
  const thursday = addDays(monday, 3);
  const year = thursday.slice(0, 4);
  const dayOfYear = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000;
  return `${year}-W${String(Math.floor(dayOfYear / 7) + 1).padStart(2, "0")}`;
}
