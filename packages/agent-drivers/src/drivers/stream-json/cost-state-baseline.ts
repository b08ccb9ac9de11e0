import { jsonLines } from "../../core/session-files.ts";
import type { UsageTotals } from "../../core/types.ts";
import { modelUsageCounts, modelUsageEntries } from "../../mappers/claude-counts.ts";

/**
 * Totals of a session as Claude Code last saved them: the last `cost-state` line of its session
 * file. Null when there is none. Runs that were killed are missing from it.
 */
export function costStateBaseline(files: readonly string[]): readonly UsageTotals[] | null {
  const states = files
    .slice(0, 1)
    .flatMap((file) => jsonLines(file))
    .filter((line) => line["type"] === "cost-state");
  const last = states.at(-1);
  if (last === undefined) return null;
  const entries = modelUsageEntries(last["modelUsage"]);
  return [...modelUsageCounts(entries)].map(([model, counts]) => ({
    model,
    provider: "anthropic",
    role: "main",
    ...counts,
  }));
}
