import { budgets } from "@headcount/contract/budgets/routes";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import type { BudgetRow } from "./budget-row.ts";
import { changeBudget, lockBudget } from "./change-budget.ts";
import { checkLimit } from "./check-limit.ts";
import { toBudget } from "./to-budgets.ts";

/** Raises a limit. Raising twice by an amount raises by twice that, whoever does it at once. */
export const raiseBudget = command(budgets.raise, async (ctx, input) => {
  const row = await lockBudget(ctx, input.budgetId);
  const limit = raisedLimit(row, input);
  if (limit <= BigInt(row.limitAmount)) {
    throw new AppError("invalid", "That is not more than the limit of now. State a higher one.", {
      reason: "budget.not_higher",
    });
  }
  const after = await changeBudget(ctx, row, {
    kind: "raised",
    note: input.note,
    settings: { limitAmount: limit.toString() },
  });
  return toBudget(ctx, after);
});

function raisedLimit(
  row: BudgetRow,
  { by, to }: { readonly by?: string | undefined; readonly to?: string | undefined },
): bigint {
  if (by !== undefined && to === undefined) {
    return BigInt(row.limitAmount) + checkLimit(row.unit, by);
  }
  if (to !== undefined && by === undefined) return checkLimit(row.unit, to);
  throw new AppError("invalid", "State either by how much or to what the limit is raised.", {
    reason: "budget.by_or_to",
  });
}
