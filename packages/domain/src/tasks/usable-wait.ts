/** A wait that a provider asked for, in whole milliseconds; null when it names none, or no sane one. */
export function usableWaitMs(waitMs: number | null, longestMs: number): number | null {
  if (waitMs === null || !Number.isFinite(waitMs) || waitMs < 0 || waitMs > longestMs) return null;
  return Math.ceil(waitMs);
}
