import { budgets } from "@headcount/contract/budgets/routes";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { changeBudget, lockBudget } from "./change-budget.ts";
import { checkLimit } from "./check-limit.ts";
import { toBudget } from "./to-budgets.ts";

export const updateBudget = command(budgets.update, async (ctx, input) => {
  const row = await lockBudget(ctx, input.budgetId);
  if (input.revision !== undefined && input.revision !== row.revision) {
    throw new AppError("conflict", "Somebody else has changed this budget. Look at it again.", {
      reason: "budget.revision_changed",
      details: { current: await toBudget(ctx, row) },
    });
  }
  const { name, limit, window: timeWindow, thresholds, action, enabled } = input;
  const after = await changeBudget(ctx, row, {
    kind: "updated",
    note: "",
    settings: {
      ...(name === undefined ? {} : { name }),
      ...(limit === undefined ? {} : { limitAmount: checkLimit(row.unit, limit).toString() }),
      ...(timeWindow === undefined ? {} : { timeWindow }),
      ...(thresholds === undefined ? {} : { thresholds }),
      ...(action === undefined ? {} : { action }),
      ...(enabled === undefined ? {} : { enabled }),
    },
  });
  return toBudget(ctx, after);
});
