import { defineCommand } from "../../command.ts";
import { findTaskId } from "../../find/find-task.ts";
import { formatCost } from "../../output/format-cost.ts";
import { formatCount } from "../../output/format-count.ts";
import { pageInput, pageOptions, printMore } from "../../output/print-more.ts";
import { taskArgument } from "../../task/task-argument.ts";

export const usageEvents = defineCommand({
  name: "usage events",
  summary: "List the events of a task in the order of use",
  details: "`headcount usage explain EVENT` shows what is behind the cost of one.",
  route: "usage.events",
  format: "table",
  arguments: { task: taskArgument },
  options: pageOptions,
  examples: ["headcount usage events 0197c1a2 --limit 100"],
  async run(cli, { argumentValues, options }) {
    const taskId = await findTaskId(cli, argumentValues.task);
    return cli.call("usage.events", {
      workspace: await cli.workspace(),
      taskId,
      ...pageInput(options),
    });
  },
  print(page, printer) {
    printer.table(page.items, [
      { title: "EVENT", value: (one) => one.id },
      { title: "UTC", value: (one) => one.usedAt.slice(11, 19) },
      { title: "MODEL", value: (one) => one.model, shrinks: true },
      { title: "TOKENS", value: (one) => formatCount(one.tokens.total), align: "right" },
      { title: "COST", value: (one) => formatCost(one.countedUsd), align: "right" },
    ]);
    printMore(page, printer);
  },
});
