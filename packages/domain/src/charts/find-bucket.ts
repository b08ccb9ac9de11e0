/** Instants in ascending order, milliseconds. */
export type Instants = readonly number[] | Float64Array;

/** How many instants are before one. */
export function countBefore(timesMs: Instants, atMs: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timesMs[middle] ?? Number.POSITIVE_INFINITY) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bucket that an instant falls into: buckets end where the next one begins, the last at `endsAtMs`. */
export function findBucket(timesMs: Instants, endsAtMs: number, atMs: number): number | null {
  if (atMs >= endsAtMs) return null;
  const later = countBefore(timesMs, atMs);
  const index = timesMs[later] === atMs ? later : later - 1;
  return index < 0 ? null : index;
}

/** Bounds of a bucket; null outside of the list. */
export function bucketRange(
  timesMs: Instants,
  endsAtMs: number,
  index: number,
): { readonly fromMs: number; readonly toMs: number } | null {
  const fromMs = timesMs[index];
  if (fromMs === undefined) return null;
  return { fromMs, toMs: timesMs[index + 1] ?? endsAtMs };
}
