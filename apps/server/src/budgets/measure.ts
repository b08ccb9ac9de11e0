import type { BudgetUnit } from "@headcount/contract/budgets/words";
import type { Transaction } from "../platform/database.ts";
import type { Figure } from "../usage/figures.ts";

/** Figures of the books whose sum a unit counts. */
const figuresOfUnit: Readonly<Record<BudgetUnit, readonly Figure[]>> = {
  billed_usd: ["cost_pico"],
  notional_usd: ["notional_pico"],
  tokens: ["input", "cache_read", "cache_write_5m", "cache_write_1h", "output"],
  tasks: ["tasks_started"],
  hours: ["run_ms"],
};

export const figuresThatCount: readonly Figure[] = Object.values(figuresOfUnit).flat();

/** How much of a unit some figures are. */
export function measure(
  unit: BudgetUnit,
  figures: Readonly<Partial<Record<Figure, bigint>>>,
): bigint {
  return figuresOfUnit[unit].reduce((sum, figure) => sum + (figures[figure] ?? 0n), 0n);
}

/** SQL: the same of one row `l` of figures, in the unit of a budget `b`. */
export const amountOfUnit = (sql: Transaction) => {
  const cases = Object.entries(figuresOfUnit).map(([unit, figures]) => {
    const sum = figures.map((figure) => `coalesce(l.${figure}, 0)`).join(" + ");
    return `when '${unit}' then ${sum}`;
  });
  return sql.unsafe(`case b.unit ${cases.join(" ")} end`);
};

/** SQL: the same, summed over rows of figures; numeric. */
export const sumOfUnit = (sql: Transaction, unit: BudgetUnit) =>
  sql.unsafe(
    `coalesce(sum(${figuresOfUnit[unit].map((figure) => `coalesce(${figure}, 0)`).join(" + ")}), 0)::numeric`,
  );

/** Which rows of the books hold the figures of a unit. */
export const kindOfUnit = (unit: BudgetUnit): "usage" | "task" =>
  unit === "tasks" || unit === "hours" ? "task" : "usage";
