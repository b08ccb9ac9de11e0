import type { BudgetId, TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { coversTask } from "./covers.ts";
import { readBudgetsById } from "./read-budgets.ts";
import { readStandings } from "./read-standings.ts";

type Place = { readonly budgetId: BudgetId; readonly taskId: TaskId };

/**
 * Of tasks that are about to be claimed, those that still fit into the budgets that count tasks, in
 * their order. A claimed task counts when it starts, so those that are being prepared take up room
 * as well; that is read from the tasks themselves, and nothing is set aside. The caller holds the
 * locks of `keepRoom`.
 */
export async function tasksThatFit(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
): Promise<ReadonlySet<TaskId>> {
  const places = await readPlaces(ctx, taskIds);
  if (places.length === 0) return new Set(taskIds);
  const room = await readRoom(ctx, [...new Set(places.map((place) => place.budgetId))]);
  const budgetsOf = Map.groupBy(places, (place) => place.taskId);
  const fitting = new Set<TaskId>();
  for (const taskId of taskIds) {
    const covering = (budgetsOf.get(taskId) ?? []).map((place) => place.budgetId);
    if (covering.some((id) => (room.get(id) ?? 0n) <= 0n)) continue;
    for (const id of covering) room.set(id, (room.get(id) ?? 0n) - 1n);
    fitting.add(taskId);
  }
  return fitting;
}

function readPlaces(ctx: WorkspaceContext, taskIds: readonly TaskId[]): Promise<Place[]> {
  return ctx.sql<Place[]>`
    select b.id as budget_id, t.id as task_id from budgets b
    join tasks t on t.workspace_id = b.workspace_id and t.id = any(${[...taskIds]}::uuid[])
    where b.workspace_id = ${ctx.workspaceId} and b.archived_at is null and b.enabled
      and b.action <> 'notify' and b.unit = 'tasks' and ${coversTask(ctx)}`;
}

async function readRoom(
  ctx: WorkspaceContext,
  ids: readonly BudgetId[],
): Promise<Map<BudgetId, bigint>> {
  const standings = await readStandings(ctx, await readBudgetsById(ctx, ids));
  const claimed = await ctx.sql<{ id: BudgetId; count: number }[]>`
    select b.id, count(*)::int as count from budgets b
    join tasks t on t.workspace_id = b.workspace_id
      and t.status in ('dispatched', 'waiting_directory')
    where b.workspace_id = ${ctx.workspaceId} and b.id = any(${[...ids]}::uuid[])
      and ${coversTask(ctx)}
    group by b.id`;
  const taken = new Map(claimed.map((row) => [row.id, BigInt(row.count)]));
  const farAway = 1n << 62n;
  return new Map(
    standings.map(({ budget, isActive, limit, spent }) => [
      budget.id,
      isActive ? limit - spent - (taken.get(budget.id) ?? 0n) : farAway,
    ]),
  );
}
