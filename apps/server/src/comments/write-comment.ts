import type { ActorRef } from "@headcount/contract/kit/actors";
import type { CommentId, IssueId, TaskId, UserId } from "@headcount/contract/kit/ids";
import { countComments } from "../issues/store.ts";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { insertComment, setThreadResolved } from "./store.ts";

export type CommentToWrite = {
  readonly issueId: IssueId;
  readonly kind: "comment" | "system";
  readonly author: Pick<ActorRef, "type" | "id">;
  readonly originatorId: UserId | null;
  readonly sourceTaskId: TaskId | null;
  readonly body: string;
  /** Comment that is answered; null starts a thread. */
  readonly parentId: CommentId | null;
};

/**
 * Writes one comment whoever its author is: keeps the exact parent, computes the thread, re-opens
 * a resolved thread, counts it on the issue and says so in the change log. Wakes nobody.
 * @throws not_found when the parent is not on this issue
 */
export async function writeComment(
  ctx: WorkspaceContext,
  comment: CommentToWrite,
): Promise<CommentId> {
  const id = ctx.newId<CommentId>();
  const threadId =
    comment.parentId === null ? id : await threadOf(ctx, comment.issueId, comment.parentId);
  await insertComment(ctx, { ...comment, id, threadId });
  if (threadId !== id) await setThreadResolved(ctx, threadId, null);
  await countComments(ctx, comment.issueId, 1);
  ctx.emit({
    type: "comment.created",
    entity: { kind: "comment", id, revision: 1 },
    data: { issueId: comment.issueId },
  });
  return id;
}

async function threadOf(
  ctx: WorkspaceContext,
  issueId: IssueId,
  parentId: CommentId,
): Promise<CommentId> {
  const [parent] = await ctx.sql<{ threadId: CommentId }[]>`
    select thread_id from comments
    where workspace_id = ${ctx.workspaceId} and id = ${parentId} and issue_id = ${issueId} and deleted_at is null`;
  if (!parent) throw notFound("comment");
  return parent.threadId;
}

/** A notice of the platform itself at the end of an issue's timeline. */
export async function writeSystemComment(
  ctx: WorkspaceContext,
  issueId: IssueId,
  body: string,
): Promise<CommentId> {
  return writeComment(ctx, {
    issueId,
    kind: "system",
    author: { type: "system", id: null },
    originatorId: null,
    sourceTaskId: null,
    body,
    parentId: null,
  });
}
