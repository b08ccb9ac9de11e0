const weekMs = 7 * 24 * 60 * 60_000;
const quarterMs = 15 * 60_000;

/** From here on every look and every step is kept; what is older is kept per quarter of an hour. */
export function keptSince(now: Date): Date {
  return new Date(Math.floor((now.getTime() - weekMs) / quarterMs) * quarterMs);
}
