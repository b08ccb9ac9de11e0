import type { Instants } from "./find-bucket.ts";

export type Samples = {
  readonly timesMs: readonly number[];
  /** Per series; null is a gap. */
  readonly values: readonly (readonly (number | null)[])[];
};

/**
 * Samples with a hole wherever nobody looked for longer than `longestMs`: the last value before it
 * is held for as long as one sample counts, then there is nothing until the next one.
 */
export function splitAtGaps(
  timesMs: Instants,
  values: readonly (readonly (number | null)[] | Float64Array)[],
  longestMs: number,
): Samples {
  const times: number[] = [];
  const split: (number | null)[][] = values.map(() => []);
  timesMs.forEach((atMs, index) => {
    const beforeMs = timesMs[index - 1];
    if (beforeMs !== undefined && atMs - beforeMs > longestMs) {
      times.push(beforeMs + longestMs);
      for (const one of split) one.push(null);
    }
    times.push(atMs);
    values.forEach((one, series) => split[series]?.push(one[index] ?? null));
  });
  return { timesMs: times, values: split };
}
