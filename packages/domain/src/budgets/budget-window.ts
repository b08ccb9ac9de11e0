import type { BudgetWindow } from "@headcount/contract/budgets/window";
import { bucketMs } from "../usage/buckets.ts";
import { addDays, dateIn, firstInstantAt, weekdayOf } from "../usage/query/local-time.ts";

/** A stretch of time whose spend is added up; both ends on quarters of an hour. */
export type WindowBounds = {
  /** Null: from the beginning. */
  readonly startsAtMs: number | null;
  /** Exclusive. Null: no end is known. */
  readonly endsAtMs: number | null;
};

const hourMs = 60 * 60_000;
/** Length of the rolling window. */
export const rollingMs = 5 * hourMs;

/** The window that an instant is in; of a range the range, also when the instant is outside of it. */
export function windowAt(window: BudgetWindow, atMs: number): WindowBounds {
  switch (window.kind) {
    case "none":
      return { startsAtMs: null, endsAtMs: null };
    case "rolling_5h":
      return { startsAtMs: bucketStart(atMs) - rollingMs, endsAtMs: null };
    case "range":
      return {
        startsAtMs: firstInstantAt(window.zone, Date.parse(window.startDay)),
        endsAtMs: firstInstantAt(window.zone, Date.parse(addDays(window.endDay, 1))),
      };
    case "day":
    case "week":
    case "month":
      return calendarWindow(window, atMs);
  }
}

/**
 * The place at which spend of a quarter of an hour is counted: the start of its window, for rolling
 * windows the quarter itself. Null: it does not count at all.
 */
export function slotOf(window: BudgetWindow, bucketAtMs: number): number | null {
  if (window.kind === "rolling_5h") return bucketStart(bucketAtMs);
  const bounds = windowAt(window, bucketAtMs);
  return isInside(bounds, bucketAtMs) ? (bounds.startsAtMs ?? 0) : null;
}

export function isInside({ startsAtMs, endsAtMs }: WindowBounds, atMs: number): boolean {
  return (startsAtMs === null || atMs >= startsAtMs) && (endsAtMs === null || atMs < endsAtMs);
}

/** The window before, to compare with; null where there is none. */
export function windowBefore(window: BudgetWindow, bounds: WindowBounds): WindowBounds | null {
  if (bounds.startsAtMs === null || window.kind === "range") return null;
  if (window.kind !== "rolling_5h") return windowAt(window, bounds.startsAtMs - 1);
  return { startsAtMs: bounds.startsAtMs - rollingMs, endsAtMs: bounds.startsAtMs };
}

type CalendarWindow = Extract<BudgetWindow, { kind: "day" | "week" | "month" }>;

function calendarWindow(window: CalendarWindow, atMs: number): WindowBounds {
  let first = firstDate(window, dateIn(window.zone, atMs));
  // Clocks that are turned back show a date again, so the start may be one window further away.
  while (startOf(window, first) > atMs) first = firstDate(window, addDays(first, -1));
  let next = nextDate(window, first);
  // A zone may skip a whole day.
  while (startOf(window, next) <= atMs) {
    first = next;
    next = nextDate(window, first);
  }
  return { startsAtMs: startOf(window, first), endsAtMs: startOf(window, next) };
}

const startOf = (window: CalendarWindow, date: string): number =>
  firstInstantAt(window.zone, Date.parse(date) + window.resetHour * hourMs);

/** The latest date, up to the given one, on which a window begins. */
function firstDate(window: CalendarWindow, date: string): string {
  switch (window.kind) {
    case "day":
      return date;
    case "week":
      return addDays(date, -((weekdayOf(date) - window.resetWeekday + 7) % 7));
    case "month": {
      const inMonth = withDay(date, window.resetDay);
      return inMonth <= date ? inMonth : withDay(addDays(withDay(date, 1), -1), window.resetDay);
    }
  }
}

function nextDate(window: CalendarWindow, first: string): string {
  switch (window.kind) {
    case "day":
      return addDays(first, 1);
    case "week":
      return addDays(first, 7);
    case "month":
      return withDay(addDays(withDay(first, 1), 31), window.resetDay);
  }
}

const withDay = (date: string, day: number): string =>
  `${date.slice(0, 8)}${String(day).padStart(2, "0")}`;

const bucketStart = (atMs: number): number => Math.floor(atMs / bucketMs) * bucketMs;
