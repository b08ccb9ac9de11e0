import { type Bar, type BarSeries } from "./bar-types.ts";

/** The series of which a bar shows a part at some height; null above it. */
export function seriesAt(
  bar: Bar | undefined,
  series: readonly BarSeries[],
  value: number,
): string | null {
  if (bar === undefined || value < 0) return null;
  let sum = 0;
  for (const { id } of series) {
    sum += Math.max(0, bar.values[id] ?? 0);
    if (value < sum) return id;
  }
  return null;
}
