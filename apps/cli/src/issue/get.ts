import type { IssueSummary } from "@headcount/contract/issues/schemas";
import { defineCommand } from "../command.ts";
import { formatCost } from "../output/format-cost.ts";
import { describeState } from "../task/task-state.ts";
import { issueArgument, readIssue } from "./issue-words.ts";

export const issueGet = defineCommand({
  name: "issue get",
  summary: "Show one issue",
  route: "issues.get",
  arguments: { issue: issueArgument },
  examples: ["headcount issue get ACME-12", "headcount issue get ACME-12 --output table"],
  async run(cli, { argumentValues }) {
    const issue = readIssue(argumentValues.issue);
    return cli.call("issues.get", { workspace: await cli.workspace(), issue });
  },
  print(issue, printer) {
    printer.fields([
      ["Key", issue.key],
      ["Title", issue.title],
      ["Status", issue.status],
      ["Priority", issue.priority],
      ["Assignee", issue.assignee?.name ?? null],
      ["Creator", issue.creator.name],
      ["Running", describeLive(issue.liveTask)],
      ["Cost", formatCost(issue.costUsd)],
      ["Comments", issue.commentCount],
      ["Updated", issue.updatedAt],
    ]);
    if (issue.description !== "") printer.line(`\n${issue.description}`);
  },
});

function describeLive(task: IssueSummary["liveTask"]): string | null {
  return task && `${task.agentName} (${describeState(task, new Date())})`;
}
