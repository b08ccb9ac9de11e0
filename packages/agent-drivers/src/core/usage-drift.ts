import type { UsageDrift, UsageObservation, UsageTotals } from "./types.ts";
import type { UsageCounts } from "./usage-counts.ts";

/** Watches what a run reports before its final account. */
export type StreamedUsage = {
  note(usage: UsageObservation): void;
  /**
   * Per model that differs. Empty for runs of which only one of both is known: there is nothing to
   * compare then.
   */
  driftOf(final: readonly UsageTotals[]): readonly UsageDrift[];
};

export function createStreamedUsage(): StreamedUsage {
  const streamed = new Map<string, { model: string; tokens: number }>();
  return {
    note({ key, model, ...counts }) {
      // A running total replaces itself; a call that is read twice is the same call.
      streamed.set(key, { model, tokens: allTokens(counts) });
    },
    driftOf(final) {
      if (streamed.size === 0 || final.length === 0) return [];
      const difference = new Map<string, number>();
      const add = (model: string, tokens: number): void => {
        difference.set(model, (difference.get(model) ?? 0) + tokens);
      };
      for (const totals of final) add(totals.model, allTokens(totals));
      for (const { model, tokens } of streamed.values()) add(model, -tokens);
      return [...difference].flatMap(([model, tokens]) =>
        tokens === 0 ? [] : [{ model, tokens }],
      );
    },
  };
}

function allTokens(counts: UsageCounts): number {
  return (
    counts.input + counts.cacheRead + counts.cacheWrite5m + counts.cacheWrite1h + counts.output
  );
}
