import type { BudgetId } from "@headcount/contract/kit/ids";
import { isInside, slotOf, windowAt } from "@headcount/domain/budgets/budget-window";
import type { Standing } from "@headcount/domain/budgets/settle-budget";
import type { WorkspaceContext } from "../platform/context.ts";
import type { BudgetRow } from "./budget-row.ts";
import { coversTask } from "./covers.ts";
import { readBudgetsById } from "./read-budgets.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

export type BudgetStanding = Standing & { readonly budget: BudgetRow };

type SlotRow = { readonly budgetId: BudgetId; readonly slotAt: Date; readonly spent: string };

/**
 * How budgets stand at this moment; hours of tasks that still run are counted as well.
 * @param known tells their windows; what they have said and counted is read
 */
export async function readStandings(
  ctx: Ctx,
  known: readonly BudgetRow[],
): Promise<BudgetStanding[]> {
  if (known.length === 0) return [];
  const [budgets, slots, running] = await Promise.all([
    readBudgetsById(
      ctx,
      known.map((budget) => budget.id),
    ),
    readSlots(ctx, known),
    readRunning(ctx, known),
  ]);
  const slotsOf = Map.groupBy(slots, (slot) => slot.budgetId);
  return budgets.map((budget) =>
    toStanding(ctx.now, budget, {
      slots: slotsOf.get(budget.id) ?? [],
      runningMs: running.get(budget.id) ?? 0n,
    }),
  );
}

function toStanding(
  now: Date,
  budget: BudgetRow,
  counted: { readonly slots: readonly SlotRow[]; readonly runningMs: bigint },
): BudgetStanding {
  const nowMs = now.getTime();
  const window = windowAt(budget.timeWindow, nowMs);
  const tare = BigInt(budget.tare ?? 0);
  const quarters = counted.slots.map((slot) => ({
    atMs: slot.slotAt.getTime(),
    spent: BigInt(slot.spent),
  }));
  const { reachedWindow, reachedAt, exhaustedAt, exhaustedUntil } = budget;
  return {
    budget,
    isRolling: budget.timeWindow.kind === "rolling_5h",
    window,
    isActive: budget.enabled && budget.archivedAt === null && isInside(window, nowMs),
    limit: BigInt(budget.limitAmount) - tare,
    thresholds: budget.thresholds,
    spent: quarters.reduce((sum, quarter) => sum + quarter.spent, counted.runningMs - tare),
    quarters,
    reached:
      reachedWindow && reachedAt
        ? {
            windowMs: reachedWindow.getTime(),
            percent: budget.reachedPercent,
            atMs: reachedAt.getTime(),
          }
        : null,
    exhausted: exhaustedAt && { untilMs: exhaustedUntil?.getTime() ?? null },
  };
}

/** Slots of the window of the moment, oldest first. */
function readSlots(ctx: Ctx, budgets: readonly BudgetRow[]): Promise<SlotRow[]> {
  const from = budgets.map(({ timeWindow }) => firstSlot(timeWindow, ctx.now.getTime()));
  // A list of booleans would be sent as one boolean.
  const isWhole = budgets.map(({ timeWindow }) => String(timeWindow.kind !== "rolling_5h"));
  return ctx.sql<SlotRow[]>`
    select s.budget_id, s.slot_at, s.spent
    from unnest(${budgets.map((budget) => budget.id)}::uuid[],
      ${from.map((atMs) => new Date(atMs).toISOString())}::timestamptz[],
      ${isWhole}::boolean[]) as wanted(id, slot_at, is_whole)
    join budget_slots s on s.workspace_id = ${ctx.workspaceId} and s.budget_id = wanted.id
      and (s.slot_at = wanted.slot_at or (not wanted.is_whole and s.slot_at > wanted.slot_at))
    order by s.slot_at`;
}

function firstSlot(window: BudgetRow["timeWindow"], nowMs: number): number {
  const { startsAtMs } = windowAt(window, nowMs);
  return slotOf(window, startsAtMs ?? 0) ?? 0;
}

/** Time for which tasks have been running, which the books know only when these end. */
async function readRunning(
  ctx: Ctx,
  budgets: readonly BudgetRow[],
): Promise<ReadonlyMap<BudgetId, bigint>> {
  const ids = budgets.filter((budget) => budget.unit === "hours").map((budget) => budget.id);
  if (ids.length === 0) return new Map();
  const rows = await ctx.sql<{ id: BudgetId; runningMs: string }[]>`
    select b.id, sum(greatest(0, extract(epoch from ${ctx.now} - t.started_at) * 1000))::bigint
      as running_ms
    from budgets b
    join tasks t on t.workspace_id = b.workspace_id and t.status = 'running'
      and t.started_at is not null
    where b.workspace_id = ${ctx.workspaceId} and b.id = any(${ids}::uuid[])
      and ${coversTask(ctx)}
    group by b.id`;
  return new Map(rows.map((row) => [row.id, BigInt(row.runningMs)]));
}
