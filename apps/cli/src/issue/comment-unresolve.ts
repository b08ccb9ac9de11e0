import { defineCommand } from "../command.ts";
import { commentArgument, readComment } from "./comment-argument.ts";

export const issueCommentUnresolve = defineCommand({
  name: "issue comment unresolve",
  summary: "Open a resolved thread again",
  route: "comments.resolve",
  format: "table",
  arguments: { comment: commentArgument },
  async run(cli, { argumentValues }) {
    const commentId = readComment(argumentValues.comment);
    const workspace = await cli.workspace();
    return cli.call("comments.resolve", { workspace, commentId, resolved: false });
  },
  print(comment, printer) {
    printer.line(`Thread ${comment.threadId} is open again.`);
  },
});
