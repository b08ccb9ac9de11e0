import { lowFuelLevels } from "@headcount/contract/tank/schemas";

/** Thresholds of a budget that is a tank: what was used of it when each level is left, ascending. */
export const tankThresholds: readonly number[] = lowFuelLevels.map((left) => 100 - left);

/** Whole percent of a full tank that is left, rounded down; 0 when it is empty. */
export function percentLeft(balancePico: bigint, fullPico: bigint): number {
  if (balancePico <= 0n || fullPico <= 0n) return 0;
  return Number((balancePico * 100n) / fullPico);
}

/** The lowest level that what is left has reached; null above all of them. */
export function lowFuelOf(balancePico: bigint, fullPico: bigint): number | null {
  const reached = lowFuelLevels.filter((level) => balancePico * 100n <= fullPico * BigInt(level));
  return reached.at(-1) ?? null;
}
