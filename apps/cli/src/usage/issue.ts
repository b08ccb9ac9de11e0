import { defineCommand } from "../command.ts";
import { issueCsv } from "@headcount/domain/usage/query/route-csv";
import { issueArgument, readIssue } from "../issue/issue-words.ts";
import { printIssueUsage } from "./print-issue-usage.ts";

export const usageIssue = defineCommand({
  name: "usage issue",
  summary: "Show what an issue has used, in total and per task",
  route: "usage.issue",
  format: "table",
  arguments: { issue: issueArgument },
  examples: ["headcount usage issue ACME-12", "headcount usage issue ACME-12 --output csv"],
  async run(cli, { argumentValues }) {
    const issue = readIssue(argumentValues.issue);
    return cli.call("usage.issue", { workspace: await cli.workspace(), issue });
  },
  csv: issueCsv,
  print: printIssueUsage,
});
