import { budgets as routes } from "@headcount/contract/budgets/routes";
import type { Budget } from "@headcount/contract/budgets/schemas";
import { useQuery } from "@tanstack/react-query";
import { countsJust } from "../../budgets/counts-just.ts";
import { query } from "../../data/query.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import type { LiveSearch } from "../live-search.ts";

/** The figure of the books that a budget of a unit counts; tasks and hours are not drawn. */
export const metricOfUnit = {
  billed_usd: "cost",
  notional_usd: "notional",
  tokens: "tokens",
} as const;
export type DrawnUnit = keyof typeof metricOfUnit;

export type ShownBudget = Budget & { readonly unit: DrawnUnit };

/** Of the budgets that count just what the chart shows, the one that is nearest to its limit. */
export function useShownBudget(search: LiveSearch): ShownBudget | null {
  const workspace = useWorkspace();
  const found = useQuery({
    ...query(routes.list, { workspace: workspace.id }),
    enabled: search.panel === "budget",
  });
  const fitting = (found.data?.items ?? [])
    .filter(isDrawn)
    .filter((budget) => countsJust(budget, search));
  return fitting.toSorted((a, b) => b.status.percent - a.status.percent)[0] ?? null;
}

/** A rolling window forgets as it goes, which is no line towards a limit. */
function isDrawn(budget: Budget): budget is ShownBudget {
  return budget.enabled && budget.unit in metricOfUnit && budget.window.kind !== "rolling_5h";
}
