/** Width of a usage bucket. Every zone in use has an offset that is a multiple of it. */
export const bucketMs = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** No zone is further from UTC than this. */
const widestOffsetMs = 15 * 60 * 60_000;

/** One calendar day of a zone: `startsAt` inclusive, `endsAt` exclusive, both on bucket boundaries. */
export type LocalDay = {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
};

/** Start of the 15-minute UTC bucket that an instant falls into. */
export function bucketOf(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / bucketMs) * bucketMs);
}

/** Calendar date of an instant in a zone, `YYYY-MM-DD`. */
export function localDate(zone: string, instant: Date): string {
  return formatterOf(zone).format(instant);
}

/**
 * The last `count` calendar days of an IANA zone, today included, oldest first. Days have 23, 24,
 * 25 or other numbers of hours where clocks change; each is a whole number of buckets.
 */
export function lastLocalDays(zone: string, now: Date, count: number): readonly LocalDay[] {
  const today = localDate(zone, now);
  const dates = Array.from({ length: count }, (_, index) => shiftDate(today, index + 1 - count));
  return dates.map((date) => localDay(zone, date));
}

/** Bounds of one calendar day of a zone. A day that a zone skipped has no length. */
export function localDay(zone: string, date: string): LocalDay {
  return {
    date,
    startsAt: startOfDay(zone, date),
    endsAt: startOfDay(zone, shiftDate(date, 1)),
  };
}

/** Calendar arithmetic on `YYYY-MM-DD`, without any zone. */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The first bucket boundary at which the zone's calendar shows `date` or a later one. */
function startOfDay(zone: string, date: string): Date {
  const utcMidnight = Date.parse(`${date}T00:00:00Z`);
  let before = utcMidnight - widestOffsetMs;
  let reached = utcMidnight + widestOffsetMs;
  while (reached - before > bucketMs) {
    const middle = before + Math.floor((reached - before) / 2 / bucketMs) * bucketMs;
    if (localDate(zone, new Date(middle)) >= date) reached = middle;
    else before = middle;
  }
  return new Date(reached);
}

/** Formatters are expensive to build and hold no state. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formatters.set(zone, formatter);
  return formatter;
}
