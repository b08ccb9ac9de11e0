import { offsetStretches } from "./zone-offsets.ts";

const dayMs = 24 * 60 * 60_000;
/** No zone is further from UTC than this. */
const widestOffsetMs = 15 * 60 * 60_000;

/** Calendar date in a zone, `YYYY-MM-DD`. */
export function dateIn(zone: string, atMs: number): string {
  const [stretch] = offsetStretches(zone, { fromMs: atMs, toMs: atMs + 1 });
  return isoDate(atMs + (stretch?.offsetMs ?? 0));
}

/** First quarter hour at which the zone's calendar shows a date or a later one. */
export function startOfDate(zone: string, date: string): number {
  return firstInstantAt(zone, Date.parse(`${date}T00:00:00Z`));
}

/**
 * First quarter hour at which the zone's clocks show a local time or a later one.
 * @param localMs the local time, as if the zone were UTC
 */
export function firstInstantAt(zone: string, localMs: number): number {
  const around = { fromMs: localMs - widestOffsetMs, toMs: localMs + widestOffsetMs };
  for (const { startsAtMs, endsAtMs, offsetMs } of offsetStretches(zone, around)) {
    const reachedMs = Math.max(startsAtMs, localMs - offsetMs);
    if (reachedMs < endsAtMs) return reachedMs;
  }
  return localMs;
}

/** Calendar arithmetic without any zone: the date so many days later, or earlier. */
export function addDays(date: string, days: number): string {
  return isoDate(Date.parse(`${date}T00:00:00Z`) + days * dayMs);
}

/** `YYYY-MM-DD` of a time that is read as if its zone were UTC. */
export function isoDate(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 10);
}

/** Day of the week, 1 (Monday) to 7. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}
