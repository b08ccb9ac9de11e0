import { defineCommand } from "../command.ts";
import { findTaskId } from "../find/find-task.ts";
import { taskArgument } from "./task-argument.ts";

export const taskCancel = defineCommand({
  name: "task cancel",
  summary: "Stop a task; what it has done and used is kept",
  route: "tasks.cancel",
  format: "table",
  arguments: { task: taskArgument },
  async run(cli, { argumentValues }) {
    const taskId = await findTaskId(cli, argumentValues.task);
    return cli.call("tasks.cancel", { workspace: await cli.workspace(), taskId });
  },
  print(task, printer) {
    printer.line(`The task of ${task.agentName} on ${task.issueKey} is ${task.status}.`);
  },
});
