import type { Budget } from "@headcount/contract/budgets/schemas";

/** The figure of the books that a budget of a unit counts; tasks and hours are not drawn. */
export const metricOfUnit = {
  billed_usd: "cost",
  notional_usd: "notional",
  tokens: "tokens",
} as const;
export type DrawnUnit = keyof typeof metricOfUnit;

export type ShownBudget = Budget & { readonly unit: DrawnUnit };

export function isDrawn(budget: Budget): budget is ShownBudget {
  return budget.enabled && budget.unit in metricOfUnit;
}
