import { defineCommand } from "../command.ts";
import { findTaskId } from "../find/find-task.ts";
import { taskArgument } from "./task-argument.ts";

export const taskContinue = defineCommand({
  name: "task continue",
  summary: "Go on where a loop guard stopped agents that start one another",
  route: "tasks.continue-chain",
  format: "table",
  arguments: { task: taskArgument },
  async run(cli, { argumentValues }) {
    const taskId = await findTaskId(cli, argumentValues.task);
    return cli.call("tasks.continue-chain", { workspace: await cli.workspace(), taskId });
  },
  print(task, printer) {
    printer.line(`${task.agentName} goes on with ${task.issueKey}: task ${task.id}.`);
  },
});
