import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { issueArgument, readIssue, readStatus } from "./issue-words.ts";
import { printTriggers } from "./print-triggers.ts";

export const issueMove = defineCommand({
  name: "issue move",
  summary: "Place an issue in its column, or in another one",
  route: "issues.move",
  format: "table",
  arguments: { issue: issueArgument },
  options: {
    top: { summary: "first; the default" },
    bottom: { summary: "last" },
    before: { value: "ISSUE", summary: "directly above this one" },
    after: { value: "ISSUE", summary: "directly below this one" },
    status: { value: "STATUS", summary: "column to move to" },
    start: { negated: true, summary: "do not start the agent" },
  },
  examples: ["headcount issue move ACME-12 --status in_progress --top"],
  async run(cli, { argumentValues, options }) {
    const { top, bottom, before, after } = options;
    if ([top, bottom, before, after].filter((place) => place !== undefined).length > 1) {
      throw invalidUse("Name one of --top, --bottom, --before and --after.");
    }
    const workspace = await cli.workspace();
    const neighbour = async (text: string | undefined): Promise<string | null> =>
      text === undefined
        ? null
        : (await cli.call("issues.get", { workspace, issue: readIssue(text) })).id;
    return cli.call("issues.move", {
      workspace,
      issue: readIssue(argumentValues.issue),
      before: await neighbour(before),
      after: await neighbour(after),
      place: bottom ? "bottom" : "top",
      start: options.start,
      ...(options.status === undefined ? {} : { status: readStatus(options.status) }),
    });
  },
  print({ issue, triggers }, printer) {
    printer.line(`${issue.key} was moved (${issue.status}).`);
    printTriggers(triggers, printer);
  },
});
