import type { BudgetId } from "@headcount/contract/kit/ids";
import type { Tank } from "@headcount/contract/tank/schemas";
import { burnMs, burnRate, emptyAtMs } from "@headcount/domain/tank/burn-rate";
import { lowFuelOf, percentLeft } from "@headcount/domain/tank/fuel-level";
import { bucketOf } from "@headcount/domain/usage/buckets";
import { formatUsd } from "@headcount/domain/usage/money";
import { coversTask, holdsWork } from "../budgets/covers.ts";
import { ledgerQuarters } from "../budgets/ledger-spend.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { TankState } from "./read-tanks.ts";

/** A tank as the API shows it, with how fast it empties. */
export async function toTank(ctx: WorkspaceContext, state: TankState): Promise<Tank> {
  const { balance, full, filled, standing } = state;
  const nowMs = ctx.now.getTime();
  const startsAtMs = bucketOf(new Date(Math.max(nowMs - burnMs, state.openedAt.getTime())));
  const [quarters, heldTasks] = await Promise.all([
    ledgerQuarters(ctx, standing.budget, { startsAtMs: startsAtMs.getTime(), endsAtMs: null }),
    countHeld(ctx, state.budgetId),
  ]);
  const burn = burnRate(quarters, nowMs);
  const emptyAt = emptyAtMs(balance, burn, nowMs);
  return {
    memberId: state.memberId,
    memberName: state.memberName,
    action: standing.budget.action,
    since: state.openedAt.toISOString(),
    filled: formatUsd(filled),
    spent: formatUsd(filled - balance),
    balance: formatUsd(balance),
    full: formatUsd(full),
    percent: percentLeft(balance, full),
    lowFuel: lowFuelOf(balance, full),
    empty: balance <= 0n,
    burn: { perHour: formatUsd(burn.perHourPico), hours: burn.hours },
    emptyAt: emptyAt === null ? null : new Date(emptyAt).toISOString(),
    heldTasks,
  };
}

async function countHeld(ctx: WorkspaceContext, budgetId: BudgetId): Promise<number> {
  const [row] = await ctx.sql<{ held: number }[]>`
    select count(*)::int as held from budgets b
    join tasks t on t.workspace_id = b.workspace_id and t.status in ('queued', 'deferred')
    where b.workspace_id = ${ctx.workspaceId} and b.id = ${budgetId}
      and ${holdsWork(ctx)} and ${coversTask(ctx)}`;
  return row?.held ?? 0;
}
