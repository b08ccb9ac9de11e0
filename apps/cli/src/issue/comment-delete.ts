import { defineCommand } from "../command.ts";
import { commentArgument, readComment } from "./comment-argument.ts";

export const issueCommentDelete = defineCommand({
  name: "issue comment delete",
  summary: "Delete a comment, with its replies when it begins a thread",
  route: "comments.delete",
  format: "table",
  arguments: { comment: commentArgument },
  async run(cli, { argumentValues }) {
    const commentId = readComment(argumentValues.comment);
    await cli.confirm("Delete this comment and its replies?");
    return cli.call("comments.delete", { workspace: await cli.workspace(), commentId });
  },
  print({ deleted }, printer) {
    printer.line(`Comments deleted: ${deleted}.`);
  },
});
