import { invalidUse } from "../../errors/cli-error.ts";

/** An ISO 8601 instant of what a person wrote: an instant, or a day, which is its beginning on this machine. */
export function parseMoment(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const moment = new Date(isDay ? `${text}T00:00:00` : text);
  if ((isDay || isInstant) && !Number.isNaN(moment.getTime())) return moment.toISOString();
  throw invalidUse(
    `"${text}" is no moment.`,
    "Write it like 2026-01-31 or 2026-01-31T18:00:00+08:00.",
  );
}
