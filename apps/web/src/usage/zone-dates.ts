import { dateIn } from "@headcount/domain/usage/query/local-time";

/** A day of the zone as a local date, so that the formatters of the language show that very day. */
export function dateOf(tz: string, atMs: number): Date {
  return localDate(dateIn(tz, atMs));
}

/** `YYYY-MM-DD` as a local date. */
export function localDate(day: string): Date {
  return new Date(`${day}T00:00:00`);
}

/** `14:15` by the clock of the zone. */
export function clockIn(tz: string, atMs: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: tz,
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(atMs);
}
