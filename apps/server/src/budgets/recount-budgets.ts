import { formatAmount } from "@headcount/domain/budgets/amounts";
import { highestReached } from "@headcount/domain/budgets/settle-budget";
import type { WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";
import { emitOfBudget } from "./emit-budget.ts";
import { findMiscounts, type Miscount } from "./find-miscounts.ts";
import { lockBudgets } from "./lock-budgets.ts";
import { type BudgetStanding, readStandings } from "./read-standings.ts";
import { settleBudgets } from "./settle-budgets.ts";
import { addToSlots, insertBudgetEvent, updateBudgetRow } from "./store.ts";

/** What one note in the history of a budget says at most. */
const mostNoted = 20;

/**
 * Sets what budgets have counted to what the ledger says, and does what follows: holds begin and
 * end, and running work is stopped, as when usage is booked. Nobody books meanwhile. A transaction
 * that moves sums as well takes the lock of `lockSums` first.
 * @returns how many counters were set
 */
export async function recountBudgets(ctx: WorkspaceContext): Promise<number> {
  await lockBudgets(ctx);
  const { miscounts } = await findMiscounts(ctx);
  const changes = miscounts.map(({ budget, slotAtMs, ledger, stored }) => ({
    budgetId: budget.id,
    slotAtMs,
    amount: ledger - (stored ?? 0n),
  }));
  await addToSlots(ctx, changes);
  const budgets = [...new Set(miscounts.map(({ budget }) => budget))];
  for (const budget of budgets) {
    const ofBudget = miscounts.filter((miscount) => miscount.budget === budget);
    await note(ctx, budget, ofBudget);
  }
  for (const standing of await readStandings(ctx, budgets)) await forgetFalseAlarm(ctx, standing);
  await settleBudgets(ctx, budgets, "corrected");
  return changes.length;
}

async function note(
  ctx: WorkspaceContext,
  budget: BudgetRow,
  miscounts: readonly Miscount[],
): Promise<void> {
  const amount = (of: bigint): string => formatAmount(budget.unit, of);
  const changed = miscounts.slice(-mostNoted).map(({ slotAtMs, ledger, stored }) => ({
    member: slotAtMs === 0 ? "spent" : `spent since ${new Date(slotAtMs).toISOString()}`,
    before: amount(stored ?? 0n),
    after: amount(ledger),
  }));
  const { id: budgetId } = budget;
  await insertBudgetEvent(ctx, { budgetId, kind: "recounted", details: { changed } }, "caller");
  await emitOfBudget(ctx, budget, "budget.updated", { budgetId });
  await ctx.audit({ action: "budget.recounted", target: budgetId, details: { changed } });
}

/** Thresholds that were never reached are told when they are. */
async function forgetFalseAlarm(ctx: WorkspaceContext, standing: BudgetStanding): Promise<void> {
  const reachedPercent = highestReached(standing);
  const { id, reachedPercent: said } = standing.budget;
  if (said > reachedPercent) await updateBudgetRow(ctx, id, { reachedPercent });
}
