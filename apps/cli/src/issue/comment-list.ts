import type { Comment } from "@headcount/contract/issues/schemas";
import type { CommentId } from "@headcount/contract/kit/ids";
import { defineCommand } from "../command.ts";
import type { Printer } from "../output/printer.ts";
import { issueArgument, readIssue } from "./issue-words.ts";

export const issueCommentList = defineCommand({
  name: "issue comment list",
  summary: "Show the comments of an issue in order of time",
  route: "comments.list",
  format: "table",
  arguments: { issue: issueArgument },
  options: {
    thread: { value: "ID", summary: "only the thread of this comment" },
    tail: { value: "N", count: true, summary: "only the newest N comments" },
    recent: { value: "N", count: true, summary: "only the N threads with the latest activity" },
    rootsOnly: { summary: "only the comments that begin a thread" },
    since: { value: "TIME", summary: "only later ones, like 2026-01-31T12:00:00Z" },
    summary: { summary: "one line for each comment" },
  },
  examples: [
    "headcount issue comment list ACME-12",
    "headcount issue comment list ACME-12 --recent 3 --output json",
  ],
  async run(cli, { argumentValues, options }) {
    const body = await cli.call("comments.list", {
      workspace: await cli.workspace(),
      issue: readIssue(argumentValues.issue),
      // The server refuses what is no id.
      thread: options.thread as CommentId | undefined,
      recentThreads: options.recent,
      rootsOnly: options.rootsOnly,
      since: options.since,
      ...(options.tail === undefined ? {} : { limit: options.tail }),
    });
    return { body, summary: options.summary ?? false };
  },
  json: ({ body }) => body,
  print({ body, summary }, printer) {
    if (summary) printSummary(body.items, printer);
    else for (const comment of body.items) printComment(comment, printer);
    if (body.items.length === 0) printer.hint("Nothing found.");
    if (body.truncated) printer.hint("Older comments were left out.");
  },
});

function printSummary(items: readonly Comment[], printer: Printer): void {
  const short = printer.shortIds(items.map((comment) => comment.id));
  printer.table(items, [
    { title: "ID", value: (comment) => short(comment.id) },
    { title: "AUTHOR", value: (comment) => comment.author.name, shrinks: true },
    { title: "AT", value: (comment) => comment.createdAt.slice(0, 16) },
    { title: "TEXT", value: (comment) => comment.body, shrinks: true },
  ]);
}

function printComment(comment: Comment, printer: Printer): void {
  const marks = [
    comment.parentId ? `answers ${comment.parentId}` : "",
    comment.resolvedAt ? "resolved" : "",
    comment.editedAt ? "edited" : "",
  ].filter((mark) => mark !== "");
  const about = [comment.id, ...marks].join(" · ");
  printer.line(`${comment.author.name}  ${comment.createdAt}\n${about}\n`);
  const lines = comment.body.trimEnd().split("\n");
  printer.line(`${lines.map((line) => `  ${line}`.trimEnd()).join("\n")}\n`);
}
