import type { HeatLevel } from "@headcount/domain/usage/chart/heat-levels";

/** Shares of the colour of each level: steps of lightness that are told apart in grey too. */
const shares: Readonly<Record<HeatLevel, number>> = { 0: 0, 1: 22, 2: 45, 3: 70, 4: 100 };

export function heatColour(level: HeatLevel): string {
  if (level === 0) return "var(--sunken)";
  return `color-mix(in oklab, var(--series-3) ${shares[level]}%, var(--raised))`;
}
