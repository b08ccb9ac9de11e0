import { defineCommand } from "../command.ts";
import { findProject } from "../find/find-project.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";
import { issuePriorities, readPriority, readStatus } from "./issue-words.ts";
import { printTriggers } from "./print-triggers.ts";
import { readAssignee } from "./read-assignee.ts";

export const issueCreate = defineCommand({
  name: "issue create",
  summary: "Create an issue; an agent that it is assigned to starts",
  route: "issues.create",
  options: {
    title: { value: "TITLE", summary: "one line (required)" },
    ...longTextOptions("description", "what is to be done, Markdown"),
    status: { value: "STATUS", summary: "todo unless stated" },
    priority: { value: "PRIORITY", choices: issuePriorities, summary: "none unless stated" },
    assignee: { value: "NAME", summary: "member or agent, or `me`" },
    assigneeId: { value: "ID", summary: "the same by id" },
    project: { value: "TITLE", summary: "project" },
    note: { value: "TEXT", summary: "a note for the run that this starts" },
    allowDuplicate: { summary: "create it although an open one has the same title" },
    start: { negated: true, summary: "write it without starting its agent" },
  },
  examples: [
    'headcount issue create --title "Fix the login page" --assignee Ada',
    "headcount issue create --title Report --description-file report.md --no-start",
  ],
  async run(cli, { options }) {
    const { requireOption } = await import("../input/require-option.ts");
    const title = requireOption("title", options.title);
    const [description, assignee, project] = await Promise.all([
      readLongText(cli, "description", options),
      readAssignee(cli, options),
      options.project === undefined ? null : findProject(cli, options.project),
    ]);
    return cli.call("issues.create", {
      workspace: await cli.workspace(),
      title,
      ...(description === undefined ? {} : { description }),
      ...(options.status === undefined ? {} : { status: readStatus(options.status) }),
      ...(options.priority === undefined ? {} : { priority: readPriority(options.priority) }),
      ...(assignee ? { assignee } : {}),
      ...(project ? { projectId: project.id } : {}),
      allowDuplicate: options.allowDuplicate ?? false,
      start: options.start,
      handoffNote: options.note ?? "",
    });
  },
  print({ issue, triggers }, printer) {
    printer.line(`${issue.key} ${issue.title}`);
    printTriggers(triggers, printer);
  },
});
