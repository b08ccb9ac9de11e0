import { taskCsv } from "@headcount/domain/usage/query/route-csv";
import { defineCommand } from "../command.ts";
import { findTaskId } from "../find/find-task.ts";
import { taskArgument } from "../task/task-argument.ts";
import { printUsage } from "./print-usage.ts";

export const usageTask = defineCommand({
  name: "usage task",
  summary: "Show what a task has used, by model",
  route: "usage.task",
  format: "table",
  arguments: { task: taskArgument },
  examples: ["headcount usage task 0197c1a2"],
  async run(cli, { argumentValues }) {
    const taskId = await findTaskId(cli, argumentValues.task);
    return cli.call("usage.task", { workspace: await cli.workspace(), taskId });
  },
  csv: taskCsv,
  print: printUsage,
});
