import { defineCommand } from "../command.ts";
import { issueArgument, readIssue } from "./issue-words.ts";
import { printTriggers } from "./print-triggers.ts";

export const issueStart = defineCommand({
  name: "issue start",
  summary: "Start the agent that the issue is assigned to",
  route: "issues.start",
  format: "table",
  arguments: { issue: issueArgument },
  options: { note: { value: "TEXT", summary: "a note for this run" } },
  async run(cli, { argumentValues, options }) {
    return cli.call("issues.start", {
      issue: readIssue(argumentValues.issue),
      workspace: await cli.workspace(),
      handoffNote: options.note ?? "",
    });
  },
  print({ triggers }, printer) {
    printTriggers(triggers, printer);
  },
});
