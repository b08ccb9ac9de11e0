import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findProject } from "../find/find-project.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";
import {
  issueArgument,
  issuePriorities,
  readIssue,
  readPriority,
  readStatus,
} from "./issue-words.ts";
import { printTriggers } from "./print-triggers.ts";
import { readAssignee } from "./read-assignee.ts";

export const issueUpdate = defineCommand({
  name: "issue update",
  summary: "Change an issue; what is not named stays",
  route: "issues.update",
  arguments: { issue: issueArgument },
  options: {
    title: { value: "TITLE", summary: "new title" },
    ...longTextOptions("description", "new description, Markdown"),
    status: { value: "STATUS", summary: "new status" },
    priority: { value: "PRIORITY", choices: issuePriorities, summary: "new priority" },
    assignee: { value: "NAME", summary: "member or agent, or `me`" },
    assigneeId: { value: "ID", summary: "the same by id" },
    project: { value: "TITLE", summary: "project, or `none`" },
    note: { value: "TEXT", summary: "a note for the run that this starts" },
    start: { negated: true, summary: "do not start the agent" },
  },
  examples: ["headcount issue update ACME-12 --priority high --project Website"],
  async run(cli, { argumentValues, options }) {
    const issue = readIssue(argumentValues.issue);
    const [description, assignee, projectId] = await Promise.all([
      readLongText(cli, "description", options),
      readAssignee(cli, options),
      readProject(options.project, (title) => findProject(cli, title)),
    ]);
    const changes = {
      ...(options.title === undefined ? {} : { title: options.title }),
      ...(description === undefined ? {} : { description }),
      ...(options.status === undefined ? {} : { status: readStatus(options.status) }),
      ...(options.priority === undefined ? {} : { priority: readPriority(options.priority) }),
      ...(assignee === undefined ? {} : { assignee }),
      ...(projectId === undefined ? {} : { projectId }),
    };
    if (Object.keys(changes).length === 0) {
      throw invalidUse("Nothing to change was named.", "See `headcount issue update --help`.");
    }
    return cli.call("issues.update", {
      workspace: await cli.workspace(),
      issue,
      ...changes,
      start: options.start,
      handoffNote: options.note ?? "",
    });
  },
  print({ issue, triggers }, printer) {
    printer.line(`${issue.key} ${issue.title}`);
    printTriggers(triggers, printer);
  },
});

async function readProject<Id>(
  title: string | undefined,
  find: (title: string) => Promise<{ readonly id: Id }>,
): Promise<Id | null | undefined> {
  if (title === undefined) return undefined;
  return title === "none" ? null : (await find(title)).id;
}
