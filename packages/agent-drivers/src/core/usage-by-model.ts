import type { UsageTotals } from "./types.ts";
import { addCounts } from "./usage-counts.ts";

/** Adds up the roles of each model. */
export function usageByModel(usage: readonly UsageTotals[]): ReadonlyMap<string, UsageTotals> {
  const result = new Map<string, UsageTotals>();
  for (const entry of usage) {
    const before = result.get(entry.model);
    result.set(
      entry.model,
      before === undefined ? entry : { ...before, ...addCounts(before, entry) },
    );
  }
  return result;
}
