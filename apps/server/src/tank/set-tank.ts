import { tank } from "@headcount/contract/tank/routes";
import { lockBudgets } from "../budgets/lock-budgets.ts";
import { readBudgetsById } from "../budgets/read-budgets.ts";
import { settleBudgets } from "../budgets/settle-budgets.ts";
import { updateBudgetRow } from "../budgets/store.ts";
import { AppError, notFound } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { wakeWaitingMachines } from "../budgets/wake-waiting-machines.ts";
import { emitTank } from "./emit-tank.ts";
import { findTank } from "./read-tanks.ts";
import { toTank } from "./to-tank.ts";

/** Says what happens while a tank is empty; it happens at once where it is. */
export const setTank = command(tank.settings, async (ctx, input) => {
  await lockBudgets(ctx);
  const state = await findTank(ctx, input.member);
  if (!state) {
    throw new AppError("conflict", "This tank was never filled. Top it up first.", {
      reason: "tank.not_filled",
    });
  }
  const { budgetId } = state;
  if (state.standing.budget.action !== input.action) {
    await updateBudgetRow(ctx, budgetId, { action: input.action });
    emitTank(ctx, "tank.settings", state, { action: input.action });
    const details = { memberId: state.memberId, action: input.action };
    await ctx.audit({ action: "tank.settings", target: budgetId, details });
    await settleBudgets(ctx, await readBudgetsById(ctx, [budgetId]), "changed");
    if (input.action === "notify") await wakeWaitingMachines(ctx);
  }
  const after = await findTank(ctx, input.member);
  if (!after) throw notFound("tank");
  return toTank(ctx, after);
});
