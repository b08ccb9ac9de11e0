import type { BudgetId, UserId } from "@headcount/contract/kit/ids";
import type { Reaction } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTank } from "./emit-tank.ts";

/** A threshold of a tank's budget is a level that is left. Of several at once the lowest is said. */
export const sayLowFuel: Reaction<"budget.threshold"> = async (ctx, { data }) => {
  const owned = await findOwner(ctx, data.budgetId);
  if (owned === null || owned.reachedPercent !== data.percent) return;
  if (owned.exhausted) return;
  emitTank(ctx, "tank.low", owned, { percent: 100 - data.percent });
};

/** The limit of a tank's budget is all that was paid in. */
export const sayEmpty: Reaction<"budget.exhausted"> = async (ctx, { data }) => {
  const owned = await findOwner(ctx, data.budgetId);
  if (owned !== null) emitTank(ctx, "tank.empty", owned, { action: data.action });
};

type Owned = {
  readonly budgetId: BudgetId;
  readonly memberId: UserId | null;
  readonly reachedPercent: number;
  readonly exhausted: boolean;
};

/** Null for budgets that are no tanks. */
async function findOwner(ctx: WorkspaceContext, budgetId: string): Promise<Owned | null> {
  const [row] = await ctx.sql<Owned[]>`
    select k.budget_id, k.member_id, b.reached_percent, b.exhausted_at is not null as exhausted
    from tanks k join budgets b on b.workspace_id = k.workspace_id and b.id = k.budget_id
    where k.workspace_id = ${ctx.workspaceId} and k.budget_id = ${budgetId}`;
  return row ?? null;
}
