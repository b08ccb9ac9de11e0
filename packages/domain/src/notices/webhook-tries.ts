const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Pauses before each further try of a delivery: eight tries within a day. */
export const webhookPausesMs: readonly number[] = [
  minuteMs,
  5 * minuteMs,
  15 * minuteMs,
  hourMs,
  3 * hourMs,
  6 * hourMs,
  12 * hourMs,
];

/** An address that has answered nothing for this long is no longer tried. */
export const webhookPatienceMs = 3 * 24 * hourMs;

/** Milliseconds until a delivery is tried again after so many tries; null: it has failed. */
export function nextTryMs(tries: number): number | null {
  return webhookPausesMs[tries - 1] ?? null;
}
