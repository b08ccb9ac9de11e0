import { defineCommand } from "../command.ts";
import { commentArgument, readComment } from "./comment-argument.ts";

export const issueCommentResolve = defineCommand({
  name: "issue comment resolve",
  summary: "Resolve a thread",
  route: "comments.resolve",
  format: "table",
  arguments: { comment: commentArgument },
  async run(cli, { argumentValues }) {
    const commentId = readComment(argumentValues.comment);
    const workspace = await cli.workspace();
    return cli.call("comments.resolve", { workspace, commentId, resolved: true });
  },
  print(comment, printer) {
    printer.line(`Thread ${comment.threadId} is resolved.`);
  },
});
