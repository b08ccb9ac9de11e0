import type { CommentId } from "@headcount/contract/kit/ids";
import type { Cli } from "../cli.ts";
import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findOne } from "../find/find-one.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";
import { issueArgument, readIssue } from "./issue-words.ts";
import { printTriggers } from "./print-triggers.ts";

export const issueCommentAdd = defineCommand({
  name: "issue comment add",
  summary: "Comment on an issue; agents that are mentioned or answered start",
  route: "comments.add",
  format: "table",
  arguments: { issue: issueArgument },
  options: {
    ...longTextOptions("content", "the comment, Markdown"),
    parent: { value: "ID", summary: "comment that this one answers" },
    preview: { summary: "only say who would start" },
  },
  examples: [
    "headcount issue comment add ACME-12 --content-file result.md",
    'headcount issue comment add ACME-12 --content "Looks good."',
    "git log -3 | headcount issue comment add ACME-12 --content-stdin",
  ],
  async run(cli, { argumentValues, options }) {
    const issue = readIssue(argumentValues.issue);
    const body = await readLongText(cli, "content", options);
    if (body === undefined || body.trim() === "") {
      throw invalidUse(
        "The comment has no text.",
        "Use --content TEXT, --content-file PATH or --content-stdin.",
      );
    }
    const workspace = await cli.workspace();
    const parentId = options.parent ? await findComment(cli, issue, options.parent) : null;
    const input = { workspace, issue, body, parentId };
    if (!options.preview) return cli.call("comments.add", input);
    return { comment: null, ...(await cli.call("comments.preview", input)) };
  },
  json: (body) => (body.comment === null ? { triggers: body.triggers } : body),
  print({ comment, triggers }, printer) {
    if (comment) printer.line(`Commented: ${comment.id}`);
    else if (triggers.length === 0) printer.line("Nobody would start.");
    printTriggers(triggers, printer);
  },
});

const wholeId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A comment of the issue by its id or the beginning of it. */
async function findComment(cli: Cli, issue: string, wanted: string): Promise<CommentId> {
  // The server refuses an id that is no comment of this issue.
  if (wholeId.test(wanted)) return wanted as CommentId;
  const { items } = await cli.call("comments.list", { workspace: await cli.workspace(), issue });
  const named = items.map((comment) => ({ id: comment.id, name: comment.id }));
  return findOne(named, wanted, "comment").id;
}
