import { issueCsv } from "@headcount/domain/usage/query/route-csv";
import { defineCommand } from "../command.ts";
import { printIssueUsage } from "../usage/print-issue-usage.ts";
import { issueArgument, readIssue } from "./issue-words.ts";

export const issueUsage = defineCommand({
  name: "issue usage",
  summary: "Show what an issue has used, in total and per task",
  route: "usage.issue",
  format: "table",
  arguments: { issue: issueArgument },
  async run(cli, { argumentValues }) {
    const issue = readIssue(argumentValues.issue);
    return cli.call("usage.issue", { workspace: await cli.workspace(), issue });
  },
  csv: issueCsv,
  print: printIssueUsage,
});
