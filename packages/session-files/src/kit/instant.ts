/** ISO 8601 in UTC of a time that a CLI wrote as text, milliseconds or seconds; null when it is none. */
export function instantOf(value: unknown): string | null {
  const ms = millisecondsOf(value);
  // Beyond this a date has no ISO form with four digits of a year.
  if (!Number.isFinite(ms) || ms < 0 || ms > 253_402_300_799_999) return null;
  return new Date(ms).toISOString();
}

function millisecondsOf(value: unknown): number {
  if (typeof value === "string") return Date.parse(value);
  if (typeof value !== "number") return Number.NaN;
  return value > 100_000_000_000 ? value : value * 1_000;
}
