import type { BudgetEvent } from "@headcount/contract/budgets/schemas";
import type { BudgetId } from "@headcount/contract/kit/ids";
import { formatAmount } from "@headcount/domain/budgets/amounts";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";
import { refuseNeedlessStop } from "./check-limit.ts";
import { emitOfBudget } from "./emit-budget.ts";
import { lockBudgets } from "./lock-budgets.ts";
import { getBudgetRow } from "./read-budgets.ts";
import { readStandings } from "./read-standings.ts";
import { countedFromNow, recount } from "./recount.ts";
import { settleBudgets } from "./settle-budgets.ts";
import { type BudgetPatch, insertBudgetEvent, updateBudgetRow } from "./store.ts";

type Settings = Partial<
  Pick<BudgetRow, "name" | "timeWindow" | "limitAmount" | "thresholds" | "action" | "enabled">
>;

export type BudgetAct = {
  readonly kind: Extract<BudgetEvent["kind"], "updated" | "raised">;
  readonly settings: Settings;
  readonly note: string;
};

/** Locks a budget that people may still change. @throws not_found, conflict */
export async function lockBudget(ctx: WorkspaceContext, id: BudgetId): Promise<BudgetRow> {
  await lockBudgets(ctx);
  const row = await getBudgetRow(ctx, id);
  if (row.archivedAt === null) return row;
  throw new AppError("conflict", "This budget is archived. Set another one.", {
    reason: "budget.archived",
  });
}

/**
 * Changes the settings of a locked budget and does what follows: where there is room now, held work
 * goes on; where there is none any more, it is held. Settings that stay as they are write nothing.
 */
export async function changeBudget(
  ctx: WorkspaceContext,
  row: BudgetRow,
  { kind, settings, note }: BudgetAct,
): Promise<BudgetRow> {
  const changed = changesOf(row, settings);
  if (changed.length === 0) return row;
  const next = { ...row, ...settings };
  refuseNeedlessStop(next.unit, next.action);
  const isOtherWindow = changed.some(({ member }) => member === "window");
  await updateBudgetRow(ctx, row.id, {
    ...settings,
    ...(isOtherWindow ? anew(next, ctx.now) : await stillSaid(ctx, next)),
  });
  const after = await getBudgetRow(ctx, row.id);
  if (isOtherWindow) await recount(ctx, after);
  await insertBudgetEvent(ctx, { budgetId: row.id, kind, details: { changed, note } }, "caller");
  await emitOfBudget(ctx, after, "budget.updated", { budgetId: row.id });
  await ctx.audit({ action: `budget.${kind}`, target: row.id, details: { changed, note } });
  const isRaised = BigInt(next.limitAmount) > BigInt(row.limitAmount);
  await settleBudgets(ctx, [after], isRaised ? "raised" : "changed");
  return getBudgetRow(ctx, row.id);
}

/** Another window begins with what the books say, and nothing has been told of it. */
function anew(next: BudgetRow, now: Date): BudgetPatch {
  return {
    countedFrom: countedFromNow(next, now),
    reachedPercent: 0,
    reachedWindow: null,
    reachedAt: null,
  };
}

/** Thresholds that another limit has moved out of reach are told again when they are reached. */
async function stillSaid(ctx: WorkspaceContext, next: BudgetRow): Promise<BudgetPatch> {
  const [standing] = await readStandings(ctx, [next]);
  if (!standing) return {};
  const limit = BigInt(next.limitAmount);
  const reached = next.thresholds.filter(
    (percent) => standing.spent * 100n >= limit * BigInt(percent),
  );
  return { reachedPercent: Math.min(next.reachedPercent, reached.at(-1) ?? 0) };
}

/** Members in the words of the API, before and after. */
function changesOf(row: BudgetRow, settings: Settings): BudgetEvent["changed"] {
  const before = wordsOf(row);
  const after = wordsOf({ ...row, ...settings });
  return Object.keys(before).flatMap((member) => {
    const isSame = JSON.stringify(before[member]) === JSON.stringify(after[member]);
    return isSame ? [] : [{ member, before: before[member], after: after[member] }];
  });
}

function wordsOf(row: BudgetRow): Record<string, unknown> {
  return {
    name: row.name,
    window: sorted(row.timeWindow),
    limit: formatAmount(row.unit, BigInt(row.limitAmount)),
    thresholds: row.thresholds,
    action: row.action,
    enabled: row.enabled,
  };
}

/** The database gives members back in an order of its own. */
const sorted = (window: BudgetRow["timeWindow"]): unknown =>
  Object.fromEntries(Object.entries(window).toSorted(([a], [b]) => (a < b ? -1 : 1)));
