import { budgets as routes } from "@headcount/contract/budgets/routes";
import { useQuery } from "@tanstack/react-query";
import { countsJust } from "../../budgets/counts-just.ts";
import { query } from "../../data/query.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import type { LiveSearch } from "../live-search.ts";
import { isDrawn, type ShownBudget } from "./shown-budget.ts";

/**
 * Of the budgets that count just what the chart shows, the one that is nearest to its limit; null
 * where there is none or none is asked for, undefined until that is known.
 */
export function useShownBudget(search: LiveSearch): ShownBudget | null | undefined {
  const workspace = useWorkspace();
  const found = useQuery({
    ...query(routes.list, { workspace: workspace.id }),
    enabled: search.panel === "budget",
  });
  if (search.panel !== "budget") return null;
  if (found.isPending) return undefined;
  const fitting = (found.data?.items ?? [])
    .filter(isDrawn)
    .filter((budget) => countsJust(budget, search));
  return fitting.toSorted((a, b) => b.status.percent - a.status.percent)[0] ?? null;
}
