import { usage } from "@headcount/contract/usage/routes";
import { notFound } from "../platform/app-error.ts";
import { query } from "../platform/command.ts";
import { readTaskSums, type TaskCoverage, toBreakdown } from "./read-task-sums.ts";

export const taskUsage = query(usage.task, async (ctx, input) => {
  const tasks = await ctx.sql<TaskCoverage[]>`
    select coverage_level as level, coverage_reason as reason from tasks
    where workspace_id = ${ctx.workspaceId} and id = ${input.taskId}`;
  if (tasks.length === 0) throw notFound("task");
  return toBreakdown(await readTaskSums(ctx, { taskId: input.taskId }), tasks);
});
