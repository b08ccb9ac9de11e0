import type { TimelineEntry } from "@headcount/contract/issues/schemas";
import { defineCommand } from "../command.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";
import { issueArgument, readIssue } from "./issue-words.ts";

export const issueTimeline = defineCommand({
  name: "issue timeline",
  summary: "Show what happened to an issue, the newest page first",
  route: "issues.timeline",
  format: "table",
  arguments: { issue: issueArgument },
  options: { ...pageOptions },
  async run(cli, { argumentValues, options }) {
    return cli.call("issues.timeline", {
      issue: readIssue(argumentValues.issue),
      workspace: await cli.workspace(),
      ...pageInput(options),
    });
  },
  print(page, printer) {
    printer.table(page.items, [
      { title: "AT", value: (entry) => entry.at.slice(0, 19).replace("T", " ") },
      { title: "WHO", value: (entry) => whoOf(entry), shrinks: true },
      { title: "WHAT", value: (entry) => whatOf(entry), shrinks: true },
    ]);
    printMore(page, printer);
  },
});

function whoOf(entry: TimelineEntry): string {
  return entry.type === "comment" ? entry.comment.author.name : entry.activity.actor.name;
}

function whatOf(entry: TimelineEntry): string {
  if (entry.type === "comment") return `“${entry.comment.body}”`;
  const { from, to, ...others } = entry.activity.details;
  const change = to === undefined ? [] : [`${from ?? "–"} → ${to ?? "–"}`];
  const rest = Object.entries(others)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name} ${value}`);
  const details = [...change, ...rest];
  return [entry.activity.action.replaceAll("_", " "), ...details].join(" · ");
}
