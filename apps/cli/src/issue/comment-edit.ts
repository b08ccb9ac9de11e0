import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";
import { commentArgument, readComment } from "./comment-argument.ts";
import { printTriggers } from "./print-triggers.ts";

export const issueCommentEdit = defineCommand({
  name: "issue comment edit",
  summary: "Change a comment of one's own",
  route: "comments.update",
  format: "table",
  arguments: { comment: commentArgument },
  options: { ...longTextOptions("content", "the new text, Markdown") },
  async run(cli, { argumentValues, options }) {
    const commentId = readComment(argumentValues.comment);
    const body = await readLongText(cli, "content", options);
    if (body === undefined || body.trim() === "") {
      throw invalidUse(
        "The comment has no text.",
        "Use --content TEXT, --content-file PATH or --content-stdin.",
      );
    }
    return cli.call("comments.update", { workspace: await cli.workspace(), commentId, body });
  },
  print({ comment, triggers }, printer) {
    printer.line(`Changed: ${comment.id}`);
    printTriggers(triggers, printer);
  },
});
