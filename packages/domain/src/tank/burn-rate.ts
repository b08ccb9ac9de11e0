import { bucketMs } from "../usage/buckets.ts";

/** How far back the rate of a tank is read. */
export const burnMs = 6 * 60 * 60_000;
/** A rate over less time than this says nothing. */
const shortestMs = 60 * 60_000;

/** Money per quarter of an hour, pico-dollars; quarters without any may be missing. */
export type SpentQuarter = { readonly atMs: number; readonly spent: bigint };

export type Burn = {
  /** Pico-dollars per hour, rounded down; 0 while nothing is spent. */
  readonly perHourPico: bigint;
  readonly hours: number;
};

/**
 * How fast a tank empties: what was spent since work began within the last six hours, at least over
 * one hour. Work that began lately is not diluted by the rest before it.
 */
export function burnRate(quarters: readonly SpentQuarter[], nowMs: number): Burn {
  const recent = quarters.filter(
    ({ atMs, spent }) => spent > 0n && atMs > nowMs - burnMs - bucketMs,
  );
  const spent = recent.reduce((sum, quarter) => sum + quarter.spent, 0n);
  const firstMs = recent.reduce((first, { atMs }) => Math.min(first, atMs), nowMs);
  const lengthMs = Math.min(burnMs, Math.max(shortestMs, nowMs - firstMs));
  const perHourPico = (spent * 3_600_000n) / BigInt(lengthMs);
  return { perHourPico, hours: lengthMs / 3_600_000 };
}

/**
 * When a balance is used up at a rate, milliseconds since 1970. Null while nothing burns, when it is
 * used up already, or when that is more than a hundred years away.
 */
export function emptyAtMs(
  balancePico: bigint,
  { perHourPico }: Burn,
  nowMs: number,
): number | null {
  if (perHourPico <= 0n || balancePico <= 0n) return null;
  const leftMs = (balancePico * 3_600_000n) / perHourPico;
  return leftMs > 100n * 365n * 86_400_000n ? null : nowMs + Number(leftMs);
}
