import {
  equalCounts,
  hasNegative,
  subtractCounts,
  sumCounts,
  type UsageCounts,
} from "../core/usage-counts.ts";
import { usageSince } from "../core/usage-delta.ts";

type ByModel = ReadonlyMap<string, UsageCounts>;

/** Everything a finished run says about its totals. */
export type ClaudeTotalsEvidence = {
  /** `modelUsage` of the last result: every model, perhaps with earlier runs of the session. */
  readonly modelUsage: ByModel;
  /** Sum of `model_usage_since_last_result` of all results, where the version has it. */
  readonly sinceStart: ByModel | null;
  /** Sum of `result.usage`: the main loop of this run and nothing else. */
  readonly mainLoop: UsageCounts;
  /** Session totals before the run; empty for a fresh session, null when unknown. */
  readonly baseline: ByModel | null;
  readonly resumed: boolean;
};

export type ClaudeRunTotals = {
  /** Null when only the main loop's own figure can be trusted. */
  readonly byModel: ByModel | null;
  /** Why the figures are not exact, or null. */
  readonly doubt: string | null;
};

/**
 * Finds what this run alone used. Whether `modelUsage` continues over resumed sessions depends on
 * the CLI's version, so every candidate has to cover the main loop, which is always this run's.
 */
export function claudeRunTotals(evidence: ClaudeTotalsEvidence): ClaudeRunTotals {
  const { modelUsage, sinceStart, mainLoop, baseline } = evidence;
  if (baseline !== null) {
    const delta = usageSince(baseline, modelUsage);
    if (!delta.baselineWrong && covers(delta.counts, mainLoop)) {
      return { byModel: delta.counts, doubt: null };
    }
  }
  if (sinceStart !== null && covers(sinceStart, mainLoop)) {
    return { byModel: sinceStart, doubt: null };
  }
  if (!covers(modelUsage, mainLoop)) {
    return { byModel: null, doubt: "The CLI's totals per model leave out part of the run." };
  }
  const onlyMainLoop = equalCounts(sumCounts(modelUsage.values()), mainLoop);
  const fresh = !evidence.resumed && (baseline === null || baseline.size === 0);
  if (onlyMainLoop || fresh) return { byModel: modelUsage, doubt: null };
  return {
    byModel: null,
    doubt:
      "The session's totals before this run are not known, so only the main loop is counted and subagents are not.",
  };
}

function covers(byModel: ByModel, mainLoop: UsageCounts): boolean {
  const sum = sumCounts(byModel.values());
  return !hasNegative(subtractCounts({ ...sum, reasoning: 0 }, { ...mainLoop, reasoning: 0 }));
}
