import { createRoute } from "@tanstack/react-router";
import { BudgetsSearch } from "../budgets/budgets-search.ts";
import { LiveSearch } from "../live/live-search.ts";
import { UsageSearch } from "../usage/usage-search.ts";
import { lazyPage } from "../ui/lazy-page.tsx";
import { withTexts } from "./with-texts.ts";
import { workspace } from "./workspace-route.ts";

const budgets = createRoute({
  getParentRoute: () => workspace,
  path: "/budgets",
  validateSearch: BudgetsSearch,
  component: lazyPage(
    withTexts(() => import("../budgets/budgets-page.tsx")),
    "BudgetsPage",
  ),
});

const usage = createRoute({
  getParentRoute: () => workspace,
  path: "/usage",
  validateSearch: UsageSearch,
  component: lazyPage(
    withTexts(() => import("../usage/usage-page.tsx")),
    "UsagePage",
  ),
});

const live = createRoute({
  getParentRoute: () => workspace,
  path: "/live",
  validateSearch: LiveSearch,
  component: lazyPage(
    withTexts(() => import("../live/live-page.tsx")),
    "LivePage",
  ),
});

/** What the work costs, and what it may. */
export const ledgerPages = [budgets, usage, live] as const;
