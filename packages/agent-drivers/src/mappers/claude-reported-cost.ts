import type { JsonObject } from "../core/json.ts";
import { equalCounts, type UsageCounts } from "../core/usage-counts.ts";
import { countsOfModelUsage } from "./claude-counts.ts";

/**
 * The CLI's own list-price estimate of a model's share of the run, in US dollars. Null when it
 * states none, or when the entry contains earlier runs whose cost is not known.
 */
export function claudeReportedCost(
  entry: JsonObject,
  share: UsageCounts,
  before: JsonObject | undefined,
): string | null {
  const total = entry["costUSD"];
  if (typeof total !== "number" || !Number.isFinite(total)) return null;
  if (equalCounts(share, countsOfModelUsage(entry))) return decimal(total);
  const earlier = before?.["costUSD"];
  return typeof earlier === "number" ? decimal(total - earlier) : null;
}

/** Plain decimal notation with at most twelve places; nothing at all is not a statement. */
function decimal(value: number): string | null {
  return value > 0 ? value.toFixed(12).replace(/\.?0+$/, "") : null;
}
