import type { BudgetAction, BudgetUnit } from "@headcount/contract/budgets/words";
import type { BudgetId, TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { coversTask, holdsWork } from "./covers.ts";
import { readBudgetsById } from "./read-budgets.ts";
import { readStandings } from "./read-standings.ts";

/** The budget that keeps a task from starting; of several the one that does so longest. */
export type BudgetHold = {
  readonly id: BudgetId;
  readonly name: string;
  readonly unit: BudgetUnit;
  readonly action: BudgetAction;
  readonly spent: bigint;
  readonly limit: bigint;
  readonly since: Date;
  /** When there will be room by itself; null when a person has to make some. */
  readonly until: Date | null;
};

/** What holds these unfinished tasks. */
export async function readHolds(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
): Promise<ReadonlyMap<TaskId, BudgetHold>> {
  const held = await ctx.sql<{ taskId: TaskId; budgetId: BudgetId }[]>`
    select distinct on (t.id) t.id as task_id, b.id as budget_id
    from budgets b
    join tasks t on t.workspace_id = b.workspace_id and t.id = any(${[...taskIds]}::uuid[])
    where b.workspace_id = ${ctx.workspaceId} and ${holdsWork(ctx)} and ${coversTask(ctx)}
    order by t.id, b.exhausted_until desc nulls first, b.id`;
  if (held.length === 0) return new Map();
  const holds = await readHoldsById(ctx, [...new Set(held.map((one) => one.budgetId))]);
  return new Map(
    held.flatMap(({ taskId, budgetId }) => {
      const hold = holds.get(budgetId);
      return hold ? [[taskId, hold]] : [];
    }),
  );
}

async function readHoldsById(
  ctx: WorkspaceContext,
  ids: readonly BudgetId[],
): Promise<ReadonlyMap<BudgetId, BudgetHold>> {
  const standings = await readStandings(ctx, await readBudgetsById(ctx, ids));
  return new Map(
    standings.map(({ budget, spent, limit }) => [
      budget.id,
      {
        id: budget.id,
        name: budget.name,
        unit: budget.unit,
        action: budget.action,
        spent,
        limit,
        since: budget.exhaustedAt ?? ctx.now,
        until: budget.exhaustedUntil,
      },
    ]),
  );
}
