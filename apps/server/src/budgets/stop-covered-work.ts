import type { TaskId } from "@headcount/contract/kit/ids";
import { describeStanding } from "@headcount/domain/budgets/describe-standing";
import type { WorkspaceContext } from "../platform/context.ts";
import { stopTasksForBudget } from "../tasks/stop-tasks-for-budget.ts";
import { coversTask } from "./covers.ts";
import type { BudgetStanding } from "./read-standings.ts";
import { insertBudgetEvent } from "./store.ts";

/** Ends what runs in the scope of a budget that is used up. Repeating it asks nobody twice. */
export async function stopCoveredWork(
  ctx: WorkspaceContext,
  { budget, spent, limit }: BudgetStanding,
): Promise<void> {
  const running = await ctx.sql<{ id: TaskId }[]>`
    select t.id from tasks t
    join budgets b on b.workspace_id = t.workspace_id and b.id = ${budget.id}
    where t.workspace_id = ${ctx.workspaceId} and ${coversTask(ctx)}
      and t.status in ('dispatched', 'waiting_directory', 'running')`;
  const { id: budgetId, name, unit } = budget;
  const stopped = await stopTasksForBudget(
    ctx,
    running.map((task) => task.id),
    { name, detail: describeStanding({ unit, spent, limit }) },
  );
  if (stopped === 0) return;
  await insertBudgetEvent(
    ctx,
    { budgetId, kind: "stopped", details: { tasks: stopped } },
    "platform",
  );
}
