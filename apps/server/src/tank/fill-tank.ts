import type { TankEntryId } from "@headcount/contract/kit/ids";
import type { TankEntry } from "@headcount/contract/tank/schemas";
import { readBudgetsById } from "../budgets/read-budgets.ts";
import { settleBudgets } from "../budgets/settle-budgets.ts";
import { type BudgetPatch, updateBudgetRow } from "../budgets/store.ts";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTank } from "./emit-tank.ts";
import type { TankState } from "./read-tanks.ts";
import { insertEntry } from "./store.ts";

/** A thousand million dollars: more is a slip of the hand. */
const mostPico = 10n ** 21n;

export type Filling = {
  readonly kind: TankEntry["kind"];
  readonly amount: bigint;
  readonly note: string;
  readonly corrects: TankEntryId | null;
  readonly key: string;
};

/**
 * Writes an entry and does what follows: with a top-up the tank counts as full again, what it held
 * goes on, and people are told anew when it gets low. The caller holds the lock of `lockBudgets`.
 */
export async function fillTank(
  ctx: WorkspaceContext,
  tank: TankState,
  filling: Filling,
): Promise<TankEntryId> {
  const { kind, amount, note } = filling;
  const filledAfter = tank.filled + amount;
  refuseOdd(filledAfter);
  const { budgetId } = tank;
  const id = await insertEntry(ctx, { ...filling, budgetId, filledAfter });
  await updateBudgetRow(ctx, budgetId, {
    limitAmount: (filledAfter + tank.openingSpent).toString(),
    ...(kind === "top_up" ? asFull(tank) : {}),
  });
  emitTank(ctx, "tank.filled", tank, {});
  const action = kind === "top_up" ? "tank.topped_up" : "tank.corrected";
  const details = { memberId: tank.memberId, amountPico: amount.toString(), note };
  await ctx.audit({ action, target: id, details });
  await settleBudgets(ctx, await readBudgetsById(ctx, [budgetId]), "raised");
  return id;
}

/** What was spent up to now counts on neither side any more, and nothing has been told. */
function asFull({ standing }: TankState): BudgetPatch {
  const tare = BigInt(standing.budget.tare ?? 0) + standing.spent;
  return { tare: tare.toString(), reachedPercent: 0, reachedWindow: null, reachedAt: null };
}

function refuseOdd(filledAfter: bigint): void {
  if (filledAfter < 0n) {
    throw new AppError("conflict", "No more can be taken out than was ever paid in.", {
      reason: "tank.below_zero",
    });
  }
  if (filledAfter > mostPico) {
    throw new AppError("conflict", "A tank takes at most a thousand million US dollars.", {
      reason: "tank.too_much",
    });
  }
}
