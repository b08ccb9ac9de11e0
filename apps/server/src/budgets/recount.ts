import { slotOf, windowAt } from "@headcount/domain/budgets/budget-window";
import type { WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";
import { ledgerQuarters, ledgerSpend } from "./ledger-spend.ts";
import { addToSlots, deleteSlots, type SlotChange } from "./store.ts";

type Counted = Pick<
  BudgetRow,
  "id" | "scope" | "subjectIds" | "unit" | "timeWindow" | "countedFrom"
>;

/** From when on a budget that is set now counts: the window of the moment, and all that follow. */
export function countedFromNow(budget: Pick<BudgetRow, "timeWindow">, now: Date): Date | null {
  const { startsAtMs } = windowAt(budget.timeWindow, now.getTime());
  return startsAtMs === null ? null : new Date(startsAtMs);
}

/** Sets what a budget has counted to what the books say. The caller holds the lock of `lockBudgets`. */
export async function recount(ctx: WorkspaceContext, budget: Counted): Promise<void> {
  await deleteSlots(ctx, budget.id, "all");
  await addToSlots(ctx, await slotsOfLedger(ctx, budget));
}

/** What every slot of a budget should hold. */
export async function slotsOfLedger(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  budget: Counted,
): Promise<SlotChange[]> {
  const { id: budgetId, timeWindow, countedFrom } = budget;
  if (countedFrom === null) {
    const all = { startsAtMs: null, endsAtMs: null };
    return [{ budgetId, slotAtMs: 0, amount: await ledgerSpend(ctx, budget, all) }];
  }
  const since = { startsAtMs: countedFrom.getTime(), endsAtMs: null };
  const sums = new Map<number, bigint>();
  for (const { atMs, spent } of await ledgerQuarters(ctx, budget, since)) {
    const slot = slotOf(timeWindow, atMs);
    if (slot !== null) sums.set(slot, (sums.get(slot) ?? 0n) + spent);
  }
  return [...sums].map(([slotAtMs, amount]) => ({ budgetId, slotAtMs, amount }));
}
