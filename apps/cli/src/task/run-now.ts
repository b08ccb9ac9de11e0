import { defineCommand } from "../command.ts";
import { findTaskId } from "../find/find-task.ts";
import { taskArgument } from "./task-argument.ts";

export const taskRunNow = defineCommand({
  name: "task run-now",
  summary: "Start a task that waits for a later time, or for quota that is there again",
  route: "tasks.run-now",
  format: "table",
  arguments: { task: taskArgument },
  async run(cli, { argumentValues }) {
    const taskId = await findTaskId(cli, argumentValues.task);
    return cli.call("tasks.run-now", { workspace: await cli.workspace(), taskId });
  },
  print(task, printer) {
    printer.line(`${task.agentName} runs ${task.issueKey} as soon as it can (${task.status}).`);
  },
});
