import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { stopTasks } from "./stop-tasks.ts";

/** The budget in the words that people read on the run. */
export type StoppingBudget = {
  readonly name: string;
  /** How it stands, as one English sentence. */
  readonly detail: string;
};

/**
 * Ends runs because a budget has reached its limit; see {@link stopTasks}. Repeating it costs one
 * statement, so it may follow every event that finds the budget used up.
 */
export function stopTasksForBudget(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
  { name, detail }: StoppingBudget,
): Promise<number> {
  return stopTasks(ctx, taskIds, {
    reason: "budget_stop",
    detail: `Stopped by the budget “${name}”. ${detail}`,
  });
}
