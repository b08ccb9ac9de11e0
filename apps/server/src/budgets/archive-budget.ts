import { budgets } from "@headcount/contract/budgets/routes";
import { command } from "../platform/command.ts";
import { lockBudget } from "./change-budget.ts";
import { emitOfBudget } from "./emit-budget.ts";
import { getBudgetRow } from "./read-budgets.ts";
import { settleBudgets } from "./settle-budgets.ts";
import { insertBudgetEvent, updateBudgetRow } from "./store.ts";
import { toBudget } from "./to-budgets.ts";

/** Ends a budget for good: it counts and holds nothing any more, and its history stays. */
export const archiveBudget = command(budgets.archive, async (ctx, input) => {
  const { id } = await lockBudget(ctx, input.budgetId);
  await updateBudgetRow(ctx, id, { archivedAt: ctx.now });
  const row = await getBudgetRow(ctx, id);
  await insertBudgetEvent(ctx, { budgetId: id, kind: "archived", details: {} }, "caller");
  await emitOfBudget(ctx, row, "budget.archived", { budgetId: id });
  await ctx.audit({ action: "budget.archived", target: id, details: { name: row.name } });
  await settleBudgets(ctx, [row], "changed");
  return toBudget(ctx, await getBudgetRow(ctx, id));
});
