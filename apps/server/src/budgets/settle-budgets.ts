import type { BudgetEvent } from "@headcount/contract/budgets/schemas";
import { formatAmount } from "@headcount/domain/budgets/amounts";
import { settleBudget, type Settlement } from "@headcount/domain/budgets/settle-budget";
import type { WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";
import { emitOfBudget } from "./emit-budget.ts";
import { type BudgetStanding, readStandings } from "./read-standings.ts";
import { stopCoveredWork } from "./stop-covered-work.ts";
import { insertBudgetEvent, type SaidStanding, setStanding } from "./store.ts";
import { wakeWaitingMachines } from "./wake-waiting-machines.ts";

type Why = NonNullable<BudgetEvent["why"]>;

/**
 * Does what follows from how budgets stand now: tells people of thresholds, holds and stops work at
 * the limit, and lets it go when there is room. The caller either counts for these budgets in this
 * transaction or holds the lock of `lockBudgets`, so nobody else changes how they stand.
 *
 * @param budgets whose settings are those of now; how they stand is read anew
 */
export async function settleBudgets(
  ctx: WorkspaceContext,
  budgets: readonly BudgetRow[],
  why: Why,
): Promise<void> {
  for (const standing of await readStandings(ctx, budgets)) {
    await settleOne(ctx, standing, settleBudget(standing, ctx.now.getTime()), why);
  }
}

async function settleOne(
  ctx: WorkspaceContext,
  standing: BudgetStanding,
  settlement: Settlement,
  why: Why,
): Promise<void> {
  const { budget } = standing;
  const said = saidBy(ctx, standing, settlement);
  if (isNew(budget, said)) {
    const isLifted = settlement.exhaustion === "ends" ? "lifted" : "not lifted";
    if (!(await setStanding(ctx, budget.id, said, isLifted))) return;
    await tell(ctx, standing, settlement, why);
  }
  const isExhausted = settlement.exhaustion === "begins" || settlement.exhaustion === "lasts";
  if (isExhausted && budget.action === "stop") await stopCoveredWork(ctx, standing);
}

function saidBy(
  { now }: WorkspaceContext,
  { budget }: BudgetStanding,
  { reachedPercent, windowMs, newThresholds, exhaustion, untilMs }: Settlement,
): SaidStanding {
  const isExhausted = exhaustion === "begins" || exhaustion === "lasts";
  const isSameWindow = budget.reachedWindow?.getTime() === windowMs;
  return {
    reachedPercent,
    reachedWindow: new Date(windowMs),
    reachedAt: newThresholds.length > 0 || !isSameWindow ? now : budget.reachedAt,
    exhaustedAt: isExhausted ? (budget.exhaustedAt ?? now) : null,
    exhaustedUntil: untilMs === null ? null : new Date(untilMs),
  };
}

function isNew(before: SaidStanding, after: SaidStanding): boolean {
  const same = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime();
  return !(
    before.reachedPercent === after.reachedPercent &&
    // That a window has begun need not be noted before something is reached in it.
    (after.reachedPercent === 0 || same(before.reachedWindow, after.reachedWindow)) &&
    same(before.exhaustedAt, after.exhaustedAt) &&
    same(before.exhaustedUntil, after.exhaustedUntil)
  );
}

async function tell(
  ctx: WorkspaceContext,
  standing: BudgetStanding,
  settlement: Settlement,
  why: Why,
): Promise<void> {
  const { budget } = standing;
  const { id: budgetId, action, unit } = budget;
  const details = {
    spent: formatAmount(unit, standing.spent),
    limit: formatAmount(unit, standing.limit),
  };
  for (const percent of settlement.newThresholds) {
    await insertBudgetEvent(
      ctx,
      { budgetId, kind: "threshold", details: { ...details, percent } },
      "platform",
    );
    const resetsAt = standing.window.endsAtMs;
    await emitOfBudget(ctx, budget, "budget.threshold", {
      budgetId,
      percent,
      action,
      resetsAt: resetsAt === null ? null : new Date(resetsAt).toISOString(),
    });
    await ctx.audit({ action: "budget.threshold", target: budgetId, details: { percent } });
  }
  if (settlement.exhaustion === "begins") {
    await insertBudgetEvent(ctx, { budgetId, kind: "exhausted", details }, "platform");
    await emitOfBudget(ctx, budget, "budget.exhausted", { budgetId, action });
    await ctx.audit({ action: "budget.exhausted", target: budgetId, details: { action } });
  }
  if (settlement.exhaustion === "ends") {
    const isReset = budget.exhaustedUntil !== null && budget.exhaustedUntil <= ctx.now;
    const lifted = { budgetId, why: isReset ? "reset" : why } as const;
    await insertBudgetEvent(
      ctx,
      { budgetId, kind: "lifted", details: { ...details, why: lifted.why } },
      "platform",
    );
    await emitOfBudget(ctx, budget, "budget.lifted", lifted);
    await wakeWaitingMachines(ctx);
  }
}
