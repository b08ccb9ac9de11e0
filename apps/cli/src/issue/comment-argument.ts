import type { CommentId } from "@headcount/contract/kit/ids";
import { invalidUse } from "../errors/cli-error.ts";

export const commentArgument = { summary: "id of the comment" } as const;

const wholeId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A comment's id; the server says whether there is such a comment. @throws CliError exit 5 */
export function readComment(text: string): CommentId {
  if (wholeId.test(text)) return text as CommentId;
  throw invalidUse(
    `"${text}" is no id of a comment.`,
    "Take it from `headcount issue comment list ISSUE`.",
  );
}
