import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import type { UsageMetric } from "@headcount/contract/usage/query-words";

/** What a list of who used it shows of each, in the order of its columns. */
export const boardColumns = ["cost", "tokens", "time", "tasks", "success", "perTask"] as const;
export type BoardColumn = (typeof boardColumns)[number];

/** What a list tells apart. */
export type BoardGrouping = "agent" | "project" | "runtime" | "member" | "model" | "provider";
export type BoardSort = { readonly column: BoardColumn; readonly direction: "up" | "down" };

/** Which money is shown as cost. */
export type MoneyMetric = "cost" | "notional";

/** The figures that the columns are made of. */
export function boardMetrics(money: MoneyMetric): readonly UsageMetric[] {
  return [money, "tokens", "run_time", "tasks", "tasks_done"];
}

/** The metric that a column shows as it is; null for those that are worked out. */
export function metricOfColumn(column: BoardColumn, money: MoneyMetric): UsageMetric | null {
  switch (column) {
    case "cost":
      return money;
    case "tokens":
    case "tasks":
      return column;
    case "time":
      return "run_time";
    case "success":
    case "perTask":
      return null;
  }
}

/** A column as a number to sort and draw by; null where there is none. */
export function columnValue(
  column: BoardColumn,
  figures: UsageFigures,
  money: MoneyMetric,
): number | null {
  const of = (metric: UsageMetric): number => Number(figures[metric] ?? 0);
  const metric = metricOfColumn(column, money);
  if (metric !== null) return figures[metric] === null ? null : of(metric);
  if (column === "success") {
    return of("tasks") === 0 ? null : of("tasks_done") / of("tasks");
  }
  const done = of("tasks_done");
  return done === 0 || figures[money] === null ? null : of(money) / done;
}

/** Rows in the order of a column, those without a value last in either direction. */
export function sortRows<Row extends { readonly metrics: UsageFigures }>(
  rows: readonly Row[],
  by: BoardSort,
  money: MoneyMetric,
): readonly Row[] {
  const turn = by.direction === "up" ? 1 : -1;
  return rows.toSorted((a, b) => {
    const left = columnValue(by.column, a.metrics, money);
    const right = columnValue(by.column, b.metrics, money);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return turn * (left - right);
  });
}
