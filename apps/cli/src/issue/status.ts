import { defineCommand } from "../command.ts";
import { issueArgument, issueStatuses, readIssue, readStatus } from "./issue-words.ts";
import { printTriggers } from "./print-triggers.ts";

export const issueStatus = defineCommand({
  name: "issue status",
  summary: "Set the status of an issue",
  route: "issues.update",
  format: "table",
  arguments: {
    issue: issueArgument,
    status: { summary: issueStatuses.join(", ") },
  },
  options: {
    start: { negated: true, summary: "do not start the agent" },
  },
  examples: ["headcount issue status ACME-12 in_review"],
  async run(cli, { argumentValues, options }) {
    return cli.call("issues.update", {
      issue: readIssue(argumentValues.issue),
      status: readStatus(argumentValues.status),
      workspace: await cli.workspace(),
      start: options.start,
    });
  },
  print({ issue, triggers }, printer) {
    printer.line(`${issue.key} is ${issue.status}.`);
    printTriggers(triggers, printer);
  },
});
