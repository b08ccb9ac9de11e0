import { budgets } from "@headcount/contract/budgets/routes";
import { query } from "../platform/command.ts";
import { toBudget } from "./to-budgets.ts";
import { getVisibleBudget } from "./visible-budgets.ts";

export const getBudget = query(budgets.get, async (ctx, input) =>
  toBudget(ctx, await getVisibleBudget(ctx, input.budgetId)),
);
