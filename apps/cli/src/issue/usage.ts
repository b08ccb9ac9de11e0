import { defineCommand } from "../command.ts";
import { formatCost } from "../output/format-cost.ts";
import { printUsage } from "../usage/print-usage.ts";
import { issueArgument, readIssue } from "./issue-words.ts";

export const issueUsage = defineCommand({
  name: "issue usage",
  summary: "Show what an issue has used, in total and per task",
  route: "usage.issue",
  format: "table",
  arguments: { issue: issueArgument },
  async run(cli, { args }) {
    const issue = readIssue(args.issue);
    return cli.call("usage.issue", { workspace: await cli.workspace(), issue });
  },
  print(body, printer) {
    printUsage(body, printer);
    const short = printer.shortIds(body.byTask.map((task) => task.taskId));
    if (body.byTask.length === 0) return;
    printer.line("");
    printer.table(body.byTask, [
      { title: "TASK", value: (task) => short(task.taskId) },
      { title: "TOKENS", value: (task) => task.usage.tokens.total, align: "right" },
      { title: "COST", value: (task) => formatCost(task.costUsd), align: "right" },
    ]);
  },
});
