import {
  addCounts,
  hasNegative,
  noUsage,
  subtractCounts,
  type UsageCounts,
} from "./usage-counts.ts";

export type UsageDelta = {
  /** What was added since the baseline, per model; the current totals when the baseline was wrong. */
  readonly counts: ReadonlyMap<string, UsageCounts>;
  /** A class shrank, so the totals did not start from this baseline. */
  readonly baselineWrong: boolean;
};

/** Subtracts totals of an earlier moment from the current ones, model by model. */
export function usageSince(
  baseline: ReadonlyMap<string, UsageCounts>,
  current: ReadonlyMap<string, UsageCounts>,
): UsageDelta {
  const counts = new Map<string, UsageCounts>();
  for (const model of new Set([...baseline.keys(), ...current.keys()])) {
    const delta = subtractCounts(current.get(model) ?? noUsage, baseline.get(model) ?? noUsage);
    if (hasNegative(delta)) return { counts: current, baselineWrong: true };
    counts.set(model, delta);
  }
  return { counts, baselineWrong: false };
}

/** Adds up records that may name a model more than once. */
export function countsByModel(
  list: Iterable<UsageCounts & { readonly model: string }>,
): ReadonlyMap<string, UsageCounts> {
  const result = new Map<string, UsageCounts>();
  for (const entry of list) {
    const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = entry;
    const counts = { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning };
    result.set(entry.model, addCounts(result.get(entry.model) ?? noUsage, counts));
  }
  return result;
}
