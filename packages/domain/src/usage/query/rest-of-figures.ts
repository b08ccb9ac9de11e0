import type { UsageFigure, UsageFigures } from "@headcount/contract/usage/query-schemas";
import type { UsageMetric } from "@headcount/contract/usage/query-words";
import { formatUsd, parseUsd } from "../money.ts";
import { toTokenCount } from "../token-counts.ts";

const money: ReadonlySet<UsageMetric> = new Set(["cost", "notional", "cache_savings"]);

/**
 * What is left of totals when some rows are taken from them, exactly. Money that is unknown (null)
 * takes nothing away; of unknown totals nothing is known.
 */
export function restOfFigures(totals: UsageFigures, rows: readonly UsageFigures[]): UsageFigures {
  const metrics = Object.keys(totals) as UsageMetric[];
  return Object.fromEntries(
    metrics.map((metric) => {
      const total = totals[metric] ?? null;
      if (total === null) return [metric, null];
      const taken = rows.reduce((sum, row) => sum + amountOf(row[metric] ?? null), 0n);
      const left = amountOf(total) - taken;
      return [metric, money.has(metric) ? formatUsd(left) : countOf(left)];
    }),
  );
}

/** Counts are whole, so the smallest unit of money serves for both. */
function amountOf(figure: UsageFigure): bigint {
  const parsed = parseUsd(String(figure ?? 0));
  if (!parsed.ok) throw new RangeError(`Not a figure: ${figure}`);
  return parsed.value;
}

function countOf(amount: bigint): number | string {
  const count = amount / amountOf(1);
  return count < 0n ? Number(count) : toTokenCount(count);
}
