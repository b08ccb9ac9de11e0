import type { Budget } from "@headcount/contract/budgets/schemas";
import type { MoneyForecast } from "@headcount/contract/usage/forecast-schemas";
import { countsJust } from "../../budgets/counts-just.ts";
import type { UsageFilters } from "../usage-search.ts";

export type MoneyKind = "billed" | "notional";

/** The tightest budget of calendar months that counts just what is shown; null where there is none. */
export function monthLimit(
  budgets: readonly Budget[],
  kind: MoneyKind,
  filters: UsageFilters,
): Budget | null {
  const unit = kind === "billed" ? "billed_usd" : "notional_usd";
  const [tightest] = budgets
    .filter(
      (budget) =>
        budget.enabled &&
        budget.unit === unit &&
        budget.window.kind === "month" &&
        budget.window.resetDay === 1 &&
        countsJust(budget, filters),
    )
    .toSorted((left, right) => Number(left.limit) - Number(right.limit));
  return tightest ?? null;
}

/** When a limit is reached if it goes on like this, or whether it lasts. */
export type LimitFate =
  | { readonly kind: "reached"; readonly date: string }
  | { readonly kind: "may" }
  | { readonly kind: "kept" };

/** What a projection says of a limit; null for a limit that is used up already, or without one. */
export function limitFate(forecast: MoneyForecast, limit: string): LimitFate | null {
  const { projected, spentUsd, days } = forecast;
  if (projected === null || Number(spentUsd ?? 0) >= Number(limit)) return null;
  const reached = days.find((day) => Number(day.projected?.usd ?? 0) >= Number(limit));
  if (reached !== undefined) return { kind: "reached", date: reached.date };
  return { kind: Number(projected.highUsd) >= Number(limit) ? "may" : "kept" };
}
