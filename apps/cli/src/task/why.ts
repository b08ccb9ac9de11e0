import { defineCommand } from "../command.ts";
import { findTaskId } from "../find/find-task.ts";
import { taskArgument } from "./task-argument.ts";

export const taskWhy = defineCommand({
  name: "task why",
  summary: "Say why a task is not running, and what would change that",
  route: "tasks.why",
  format: "table",
  arguments: { task: taskArgument },
  async run(cli, { argumentValues }) {
    const taskId = await findTaskId(cli, argumentValues.task);
    return cli.call("tasks.why", { workspace: await cli.workspace(), taskId });
  },
  print({ status, reasons }, printer) {
    printer.line(reasons.length === 0 ? `The task is ${status}.` : `The task is ${status}:`);
    for (const reason of reasons) {
      printer.line(`- ${reason.detail}`);
      if (reason.action) printer.line(`  ${reason.action}`);
    }
  },
});
