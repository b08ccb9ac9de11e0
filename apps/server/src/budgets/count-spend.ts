import type { BudgetId } from "@headcount/contract/kit/ids";
import { isInside, slotOf, windowAt } from "@headcount/domain/budgets/budget-window";
import type { FinalWork, WorkspaceContext } from "../platform/context.ts";
import type { TailRow } from "../usage/rollups/tail-row.ts";
import type { BudgetRow } from "./budget-row.ts";
import { lockRolling } from "./lock-budgets.ts";
import { measure } from "./measure.ts";
import { type CoveringBudget, readCovering } from "./read-covering.ts";
import { settleBudgets } from "./settle-budgets.ts";
import { addToSlots, type SlotChange } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "beforeCommit">;

/** What one budget counts more, or less. */
type Counted = { readonly budget: BudgetRow; readonly change: SlotChange };

/**
 * Counts a change of the books for every budget that covers it, in the transaction that changes
 * them. Who covers it is known at once, since meters may move later; rows that many transactions
 * want are locked at its end.
 */
export async function countForBudgets(ctx: Ctx, rows: readonly TailRow[]): Promise<void> {
  const budgets = await readCovering(
    ctx,
    rows.map((row) => row.meterId),
  );
  countFor(ctx, budgets, rows, 1n);
}

/** Adds rows of the books to the budgets that cover their meters, or takes them away. */
export function countFor(
  ctx: Pick<WorkspaceContext, "beforeCommit">,
  budgets: readonly CoveringBudget[],
  rows: readonly TailRow[],
  sign: 1n | -1n,
): void {
  for (const budget of budgets) {
    for (const [slotAtMs, amount] of slotsOf(budget, rows)) {
      const change = { budgetId: budget.id, slotAtMs, amount: sign * amount };
      ctx.beforeCommit(counting, { budget, change });
    }
  }
}

function slotsOf(
  { timeWindow, unit, countedFrom, covers }: CoveringBudget,
  rows: readonly TailRow[],
): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  const slots = new Map<number, number | null>();
  for (const { meterId, bucketAt, figures } of rows) {
    if (!covers(meterId)) continue;
    const atMs = bucketAt.getTime();
    if (countedFrom !== null && atMs < countedFrom.getTime()) continue;
    const amount = measure(unit, figures);
    if (amount === 0n) continue;
    const slot = slots.get(atMs) ?? slotOf(timeWindow, atMs);
    slots.set(atMs, slot);
    if (slot !== null) sums.set(slot, (sums.get(slot) ?? 0n) + amount);
  }
  return sums;
}

/** Changes the counters in the order of their keys, then does what follows from how budgets stand. */
const counting: FinalWork<Counted> = {
  name: "budgets.count",
  run: async (ctx, items) => {
    const budgets = new Map(items.map(({ budget }) => [budget.id, budget]));
    const rolling = [...budgets.values()].filter(isRolling).map((budget) => budget.id);
    const changes = netChanges(items);
    await lockRolling(ctx, rolling);
    const touched = new Set(changes.filter(isOfNow(ctx, budgets)).map((change) => change.budgetId));
    const concerned = [...budgets.values()].filter((budget) => touched.has(budget.id));
    // Statements of one transaction run in the order in which they are sent.
    await Promise.all([addToSlots(ctx, changes), settleBudgets(ctx, concerned, "corrected")]);
  },
};

const isRolling = ({ timeWindow }: BudgetRow): boolean => timeWindow.kind === "rolling_5h";

function netChanges(items: readonly Counted[]): SlotChange[] {
  const net = new Map<string, SlotChange>();
  for (const { change } of items) {
    const key = `${change.budgetId} ${change.slotAtMs}`;
    const amount = (net.get(key)?.amount ?? 0n) + change.amount;
    net.set(key, { ...change, amount });
  }
  return [...net.values()].filter((change) => change.amount !== 0n);
}

/** What is counted in another window says nothing about how a budget stands now. */
function isOfNow(
  ctx: Pick<WorkspaceContext, "now">,
  budgets: ReadonlyMap<BudgetId, BudgetRow>,
): (change: SlotChange) => boolean {
  const nowMs = ctx.now.getTime();
  return ({ budgetId, slotAtMs }) => {
    const window = budgets.get(budgetId)?.timeWindow;
    return window !== undefined && isInside(windowAt(window, nowMs), slotAtMs);
  };
}
