import type {
  UsageFigure,
  UsageQueryReply,
  UsageRow,
} from "@headcount/contract/usage/query-schemas";
import type { UsageMetric } from "@headcount/contract/usage/query-words";
import { formatCost } from "../output/format-cost.ts";
import { formatCount } from "../output/format-count.ts";
import { formatSpan } from "../output/format-span.ts";
import type { Printer } from "../output/printer.ts";
import type { Column } from "../output/table.ts";
import { barColumn } from "./usage-columns.ts";

const money: ReadonlySet<UsageMetric> = new Set(["cost", "notional", "cache_savings"]);
const spans: ReadonlySet<UsageMetric> = new Set(["run_time", "queue_time", "waiting_time"]);

/** More figures than these leave no room for a bar in 80 columns. */
const mostMetricsWithBar = 5;

/** Columns of an answer: its groupings, its metrics, and a bar of the first metric. */
export function queryColumns(
  { groupBy, metrics }: Pick<UsageQueryReply, "groupBy" | "metrics">,
  rows: readonly UsageRow[],
  printer: Printer,
): readonly Column<UsageRow>[] {
  const [first] = metrics;
  const groupings = groupBy.map(
    (grouping, at): Column<UsageRow> => ({
      title: titleOf(grouping),
      value: (row) => row.keys[at]?.label,
      empty: "",
      ...(grouping === "time" ? {} : { shrinks: true as const }),
    }),
  );
  const figures = metrics.map(
    (metric): Column<UsageRow> => ({
      title: titleOf(metric),
      value: (row) => figureText(metric, row.metrics[metric] ?? null),
      align: "right",
    }),
  );
  const hasRoom = groupBy.length > 0 && metrics.length <= mostMetricsWithBar;
  if (first === undefined || !hasRoom) return [...groupings, ...figures];
  const bar = barColumn(rows, (row) => Number(row.metrics[first] ?? 0), printer.ink);
  return [...groupings, ...figures, bar];
}

/** A figure in the form of its metric; empty where it is unknown. */
export function figureText(metric: UsageMetric, figure: UsageFigure): string {
  if (figure === null) return "";
  if (money.has(metric)) return formatCost(String(figure));
  return spans.has(metric) ? formatSpan(figure) : formatCount(figure);
}

/** A word of the contract as a heading. */
export function titleOf(word: string): string {
  return word.toUpperCase().replaceAll("_", " ");
}
