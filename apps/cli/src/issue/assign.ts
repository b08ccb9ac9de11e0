import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { issueArgument, readIssue } from "./issue-words.ts";
import { printTriggers } from "./print-triggers.ts";
import { readAssignee } from "./read-assignee.ts";

export const issueAssign = defineCommand({
  name: "issue assign",
  summary: "Give an issue to a member or an agent, or take it away",
  route: "issues.update",
  format: "table",
  arguments: { issue: issueArgument },
  options: {
    to: { value: "NAME", summary: "member or agent, or `me`" },
    toId: { value: "ID", summary: "the same by id" },
    unassign: { summary: "nobody" },
    note: { value: "TEXT", summary: "a note for the run that this starts" },
    start: { negated: true, summary: "do not start the agent" },
  },
  examples: [
    "headcount issue assign ACME-12 --to Ada",
    "headcount issue assign ACME-12 --unassign",
  ],
  async run(cli, { argumentValues, options }) {
    const issue = readIssue(argumentValues.issue);
    const named = await readAssignee(cli, { assignee: options.to, assigneeId: options.toId });
    if ((named === undefined) !== (options.unassign === true)) {
      throw invalidUse("Name one of --to, --to-id and --unassign.");
    }
    return cli.call("issues.update", {
      workspace: await cli.workspace(),
      issue,
      assignee: named ?? null,
      start: options.start,
      handoffNote: options.note ?? "",
    });
  },
  print({ issue, triggers }, printer) {
    const whom = issue.assignee ? `assigned to ${issue.assignee.name}` : "assigned to nobody";
    printer.line(`${issue.key} is ${whom}.`);
    printTriggers(triggers, printer);
  },
});
