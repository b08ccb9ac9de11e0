import { usage } from "@headcount/contract/usage/routes";
import { taskCsv } from "@headcount/domain/usage/query/route-csv";
import { query } from "../../platform/command.ts";
import { getTask } from "../../tasks/read-tasks.ts";
import { readReportedCost } from "./read-reported-cost.ts";
import { readTaskSums, type TaskCoverage, toBreakdown } from "./read-task-sums.ts";

export const taskUsage = query(
  usage.task,
  async (ctx, input) => {
    await getTask(ctx, input.taskId);
    const tasks = await ctx.sql<TaskCoverage[]>`
    select coverage_level as level, coverage_reason as reason,
      usage_drift as drift from tasks
    where workspace_id = ${ctx.workspaceId} and id = ${input.taskId}`;
    const task = { taskId: input.taskId };
    return toBreakdown(await readTaskSums(ctx, task), tasks, await readReportedCost(ctx, task));
  },
  taskCsv,
);
