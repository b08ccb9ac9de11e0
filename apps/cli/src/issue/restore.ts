import { defineCommand } from "../command.ts";
import { issueArgument, readIssue } from "./issue-words.ts";

export const issueRestore = defineCommand({
  name: "issue restore",
  summary: "Bring an issue back from the trash; nothing is started",
  route: "issues.restore",
  format: "table",
  arguments: { issue: issueArgument },
  async run(cli, { argumentValues }) {
    const issue = readIssue(argumentValues.issue);
    return cli.call("issues.restore", { workspace: await cli.workspace(), issue });
  },
  print(issue, printer) {
    printer.line(`${issue.key} is back (${issue.status}).`);
  },
});
