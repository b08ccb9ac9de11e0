import { defineCommand } from "../command.ts";
import { findTaskId } from "../find/find-task.ts";
import { taskArgument } from "./task-argument.ts";

export const taskRerun = defineCommand({
  name: "task rerun",
  summary: "Run what a task was asked again",
  route: "tasks.rerun",
  format: "table",
  arguments: { task: taskArgument },
  async run(cli, { argumentValues }) {
    const taskId = await findTaskId(cli, argumentValues.task);
    return cli.call("tasks.rerun", { workspace: await cli.workspace(), taskId });
  },
  print(task, printer) {
    printer.line(
      `${task.agentName} runs ${task.issueKey} again: task ${task.id} (${task.status}).`,
    );
  },
});
