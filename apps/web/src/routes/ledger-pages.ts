import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { BudgetsSearch } from "../budgets/budgets-search.ts";
import { LiveSearch } from "../live/live-search.ts";
import { UsageSearch } from "../usage/usage-search.ts";
import { withTexts } from "./with-texts.ts";
import { workspace } from "./workspace-route.ts";

const budgets = createRoute({
  getParentRoute: () => workspace,
  path: "/budgets",
  validateSearch: BudgetsSearch,
  component: lazyRouteComponent(
    withTexts(() => import("../budgets/budgets-page.tsx")),
    "BudgetsPage",
  ),
});

const usage = createRoute({
  getParentRoute: () => workspace,
  path: "/usage",
  validateSearch: UsageSearch,
  component: lazyRouteComponent(
    withTexts(() => import("../usage/usage-page.tsx")),
    "UsagePage",
  ),
});

const live = createRoute({
  getParentRoute: () => workspace,
  path: "/live",
  validateSearch: LiveSearch,
  component: lazyRouteComponent(
    withTexts(() => import("../live/live-page.tsx")),
    "LivePage",
  ),
});

/** What the work costs, and what it may. */
export const ledgerPages = [budgets, usage, live] as const;
