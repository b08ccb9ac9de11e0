export type Backoff = {
  readonly baseMs: number;
  readonly maxMs: number;
  /** Share by which a pause may be longer or shorter, 0…1. */
  readonly jitter: number;
};

/**
 * Pause before attempt `attempt + 1`, doubling from `baseMs` to `maxMs`, spread by ± `jitter` so
 * that many clients do not come back at once. `random` is a number in [0, 1).
 */
export function backoffMs(backoff: Backoff, attempt: number, random: number): number {
  const plain = Math.min(backoff.maxMs, backoff.baseMs * 2 ** Math.min(attempt, 30));
  return Math.round(plain * (1 + backoff.jitter * (2 * random - 1)));
}
