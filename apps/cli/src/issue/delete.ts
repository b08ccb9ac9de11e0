import { defineCommand } from "../command.ts";
import { issueArgument, readIssue } from "./issue-words.ts";

export const issueDelete = defineCommand({
  name: "issue delete",
  summary: "Move an issue to the trash and cancel its tasks",
  route: "issues.delete",
  format: "table",
  arguments: { issue: issueArgument },
  async run(cli, { argumentValues }) {
    const issue = readIssue(argumentValues.issue);
    await cli.confirm(`Move ${issue} to the trash?`);
    return cli.call("issues.delete", { workspace: await cli.workspace(), issue });
  },
  print({ restorableUntil, cancelledTasks }, printer) {
    const tasks = cancelledTasks > 0 ? ` Tasks cancelled: ${cancelledTasks}.` : "";
    printer.line(`Deleted; it can be restored until ${restorableUntil.slice(0, 10)}.${tasks}`);
  },
});
