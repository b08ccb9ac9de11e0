import type { ProjectId } from "@headcount/contract/kit/ids";
import type { Cli } from "../cli.ts";
import { defineCommand } from "../command.ts";
import { findActor } from "../find/find-actor.ts";
import { findProject } from "../find/find-project.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";
import { printIssues } from "./issue-table.ts";
import { issuePriorities, readPriority, readStatus } from "./issue-words.ts";

export const issueList = defineCommand({
  name: "issue list",
  summary: "List issues, the latest activity first",
  route: "issues.list",
  format: "table",
  options: {
    status: {
      value: "STATUS",
      multiple: true,
      summary: "only these; repeat or separate by commas",
    },
    priority: {
      value: "PRIORITY",
      multiple: true,
      choices: issuePriorities,
      summary: "only these",
    },
    assignee: { value: "NAME", summary: "member or agent, `me`, or `none`" },
    creator: { value: "NAME", summary: "who created it" },
    project: { value: "TITLE", summary: "project, or `none`" },
    text: { value: "WORDS", summary: "in the key, the title or the description" },
    open: { summary: "neither done nor cancelled" },
    sort: {
      value: "FIELD",
      choices: ["order", "title", "created", "updated", "priority"],
      summary: "order by",
    },
    desc: { summary: "last first; the default without --sort" },
    ...pageOptions,
  },
  examples: [
    "headcount issue list --open --assignee me",
    "headcount issue list --status in_review --output json",
  ],
  async run(cli, { options }) {
    const { assignee, creator, project } = options;
    const [assigneeId, creatorId, projectId] = await Promise.all([
      assignee === undefined || assignee === "none" ? assignee : idOf(findActor(cli, assignee)),
      creator === undefined ? undefined : idOf(findActor(cli, creator)),
      project === undefined ? undefined : readProject(cli, project),
    ]);
    return cli.call("issues.list", {
      workspace: await cli.workspace(),
      status: options.status?.flatMap((text) => text.split(",")).map(readStatus),
      priority: options.priority?.map(readPriority),
      assigneeId,
      creatorId,
      projectId,
      text: options.text,
      open: options.open,
      ...(options.sort ? { sort: readSort(options.sort), desc: options.desc ?? false } : {}),
      ...pageInput(options),
    });
  },
  print(page, printer) {
    printIssues(page.items, printer);
    printMore(page, printer);
  },
});

function readProject(cli: Cli, title: string): Promise<ProjectId> | "none" {
  return title === "none" ? "none" : idOf(findProject(cli, title));
}

async function idOf<Id>(found: Promise<{ readonly id: Id }>): Promise<Id> {
  return (await found).id;
}

type Sort = "order" | "title" | "created" | "updated" | "priority";

/** The parser has checked the word against the choices. */
const readSort = (text: string): Sort => text as Sort;
