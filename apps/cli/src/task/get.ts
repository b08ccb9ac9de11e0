import { defineCommand } from "../command.ts";
import { findTaskId } from "../find/find-task.ts";
import { formatChanges } from "../output/format-changes.ts";
import { formatCost } from "../output/format-cost.ts";
import { taskArgument } from "./task-argument.ts";
import { describeState, describeWatchdog } from "./task-state.ts";

export const taskGet = defineCommand({
  name: "task get",
  summary: "Show one task",
  route: "tasks.get",
  arguments: { task: taskArgument },
  async run(cli, { argumentValues }) {
    const taskId = await findTaskId(cli, argumentValues.task);
    return cli.call("tasks.get", { workspace: await cli.workspace(), taskId });
  },
  print(task, printer) {
    printer.fields([
      ["Issue", `${task.issueKey} ${task.issueTitle}`],
      ["Agent", task.agentName],
      ["Status", describeState(task, new Date())],
      ["Doing", task.activity],
      ["Outcome", task.outcome],
      ["Why", task.remedy ?? task.waiting?.detail ?? null],
      ["Reason", task.rawFailureReason ?? task.failureReason],
      ["Ended by", describeWatchdog(task.watchdog)],
      ["Error", task.error],
      ["Attempt", `${task.attempt} of ${task.maxAttempts}`],
      ["Runtime", task.runtimeName],
      ["Directory", task.workDirectory],
      ["Branch", task.branch],
      [
        "Skills",
        task.skills?.map(({ name, hash }) => `${name} ${hash.slice(0, 8)}`).join(", ") ?? null,
      ],
      ["Changes", task.endedAt === null ? null : formatChanges(task.changes)],
      ["Queued", task.queuedAt],
      ["Started", task.startedAt],
      ["Ended", task.endedAt],
      ["Tokens", task.usage.tokens.total],
      ["Cost", formatCost(task.costUsd)],
      ["Id", task.id],
    ]);
  },
});
