import type { UsageDifference } from "@headcount/contract/usage/books-schemas";
import { formatAmount } from "@headcount/domain/budgets/amounts";
import { slotOf } from "@headcount/domain/budgets/budget-window";
import type { WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";
import { readCounts } from "./ledger-counts.ts";
import { readLiveBudgets } from "./read-budgets.ts";

/** A counter of a budget that is not what the ledger adds up to. */
export type Miscount = {
  readonly budget: BudgetRow;
  readonly slotAtMs: number;
  readonly ledger: bigint;
  /** Null where there is no row. */
  readonly stored: bigint | null;
};

/** Compares what every budget and tank has counted with the ledger, window by window. */
export async function findMiscounts(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
): Promise<{ readonly counters: number; readonly miscounts: readonly Miscount[] }> {
  const budgets = await readLiveBudgets(ctx);
  if (budgets.length === 0) return { counters: 0, miscounts: [] };
  const countsOf = Map.groupBy(await readCounts(ctx, budgets), (count) => count.budgetId);
  const compared = budgets.flatMap((budget) => {
    const ledger = new Map<number, bigint>();
    const stored = new Map<number, bigint>();
    for (const { side, atMs, amount } of countsOf.get(budget.id) ?? []) {
      if (side === "stored") stored.set(atMs, amount);
      const slot = side === "ledger" ? slotOf(budget.timeWindow, atMs) : null;
      if (slot !== null) ledger.set(slot, (ledger.get(slot) ?? 0n) + amount);
    }
    const slots = [...new Set([...ledger.keys(), ...stored.keys()])].toSorted((a, b) => a - b);
    return slots.map((slotAtMs) => ({
      budget,
      slotAtMs,
      ledger: ledger.get(slotAtMs) ?? 0n,
      stored: stored.get(slotAtMs) ?? null,
    }));
  });
  return {
    counters: compared.length,
    miscounts: compared.filter(({ ledger, stored }) => ledger !== (stored ?? 0n)),
  };
}

/** A miscount in the words of a comparison of the books. */
export function describeMiscount({ budget, slotAtMs, ledger, stored }: Miscount): UsageDifference {
  const { id, name, unit } = budget;
  const words = (amount: bigint): string => `${unit}=${formatAmount(unit, amount)}`;
  const slot = new Date(slotAtMs).toISOString().replace(":00.000Z", "Z");
  return {
    rollup: "budget_slots",
    key: slotAtMs === 0 ? `${id} ${name}` : `${slot} ${id} ${name}`,
    ledger: words(ledger),
    stored: stored === null ? "no row" : words(stored),
  };
}
