import { mapCounts, noUsage, sumCounts } from "../../core/usage-counts.ts";
import type { UsageCounts } from "../../core/usage-counts.ts";

/**
 * What an agent reported for a model beyond the calls it wrote down: side calls, whose cached and
 * thinking parts nobody knows. Reported input contains what was cached, reported output leaves out
 * reasoning. Zero when the calls explain everything.
 */
export function unrecordedRest(
  reported: UsageCounts,
  recorded: Iterable<UsageCounts>,
): UsageCounts {
  const sum = sumCounts(recorded);
  const sent = sum.input + sum.cacheRead + sum.cacheWrite5m + sum.cacheWrite1h;
  return {
    ...noUsage,
    input: Math.max(0, reported.input - sent),
    output: Math.max(0, reported.output - (sum.output - sum.reasoning)),
  };
}

/** The same for an agent that tells the classes apart on both sides. */
export function unrecordedClasses(
  reported: UsageCounts,
  recorded: Iterable<UsageCounts>,
): UsageCounts {
  return mapCounts(reported, sumCounts(recorded), (all, known) => Math.max(0, all - known));
}
