/** How strongly a day is tinted: 0 for nothing used, 4 for the busiest quarter of the days. */
export type HeatLevel = 0 | 1 | 2 | 3 | 4;

const levels = [1, 2, 3, 4] as const;

/**
 * Levels of the days of a heat map by their rank among the days on which anything was used, so that
 * one extraordinary day does not make all others pale. Days with the same figure are alike.
 */
export function heatLevels(values: readonly number[]): readonly HeatLevel[] {
  const used = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  return values.map((value) => {
    if (value <= 0) return 0;
    const atMost = used.filter((other) => other <= value).length / used.length;
    return levels[Math.min(3, Math.ceil(atMost * 4) - 1)] ?? 1;
  });
}
