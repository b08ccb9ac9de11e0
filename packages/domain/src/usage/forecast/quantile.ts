/** Values in order, the smallest first. */
export type Sorted = readonly bigint[];

export function sortAmounts(values: readonly bigint[]): Sorted {
  return values.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
}

/**
 * The value below which a share of what is to come is expected to lie, judged by values that were
 * seen: at place `share × (n + 1)`, as is right for one more value beside n others, so few values
 * give a wide range. Beyond the outermost it is the outermost.
 * @param sorted at least one
 * @param percent 1 to 99
 */
export function quantile(sorted: Sorted, percent: number): bigint {
  const last = sorted.length - 1;
  const place = Math.min(Math.max(percent * (sorted.length + 1) - 100, 0), last * 100);
  const below = Math.floor(place / 100);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, last)];
  if (low === undefined || high === undefined) throw new Error("A quantile needs a value");
  return low + ((high - low) * BigInt(place % 100)) / 100n;
}
