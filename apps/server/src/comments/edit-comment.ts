import type { Comment, TriggerVerdict } from "@headcount/contract/issues/schemas";
import { comments } from "@headcount/contract/issues/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { storable } from "../agents/read-agent-redactor.ts";
import { countComments } from "../issues/store.ts";
import { actorColumns } from "../platform/append-changes.ts";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { rerouteChangedComments } from "../tasks/reroute-changed-comments.ts";
import { lockIssue } from "../issues/lock-issue.ts";
import { getComment } from "./read-comments.ts";
import { markCommentsDeleted, setThreadResolved, updateCommentBody } from "./store.ts";

export const editComment = command(comments.update, async (ctx, input) => {
  const found = await getComment(ctx, input.commentId);
  assertMay(ctx, found, "comment.edit");
  await lockIssue(ctx, found.issueId);
  const before = await getComment(ctx, input.commentId);
  assertExpected(before, input.expectedRevision);
  const body = await storable(ctx, input.body);
  if (before.body === body) return { comment: before, triggers: [] };
  const revision = await updateCommentBody(ctx, before.id, body);
  ctx.emit({
    type: "comment.updated",
    entity: { kind: "comment", id: before.id, revision },
    changed: ["body"],
    data: { issueId: before.issueId },
  });
  const triggers: TriggerVerdict[] = await rerouteChangedComments(ctx, {
    issueId: before.issueId,
    commentIds: [before.id],
    edited: { id: before.id, body, parentId: before.parentId },
  });
  return { comment: await getComment(ctx, before.id), triggers };
});

export const deleteComment = command(comments.delete, async (ctx, input) => {
  const comment = await getComment(ctx, input.commentId);
  assertMay(ctx, comment, "comment.delete");
  await lockIssue(ctx, comment.issueId);
  const deleted = await markCommentsDeleted(ctx, comment.id);
  await countComments(ctx, comment.issueId, -deleted.length);
  for (const id of deleted) {
    ctx.emit({
      type: "comment.deleted",
      entity: { kind: "comment", id },
      data: { issueId: comment.issueId },
    });
  }
  await rerouteChangedComments(ctx, {
    issueId: comment.issueId,
    commentIds: deleted,
    edited: null,
  });
  return { deleted: deleted.length };
});

export const resolveThread = command(comments.resolve, async (ctx, input) => {
  const comment = await getComment(ctx, input.commentId);
  const changed = await setThreadResolved(ctx, comment.threadId, input.resolved ? ctx.now : null);
  const root = await getComment(ctx, comment.threadId);
  if (changed) {
    ctx.emit({
      type: "comment.resolved",
      entity: { kind: "comment", id: root.id, revision: root.revision },
      data: { issueId: root.issueId },
    });
  }
  return root;
});

function assertMay(
  ctx: WorkspaceContext,
  comment: Comment,
  capability: "comment.edit" | "comment.delete",
): void {
  const actor = actorColumns(ctx.actor);
  const own = comment.author.type === actor.type && comment.author.id === actor.id;
  const role = ctx.actor.kind === "member" ? ctx.actor.role : "agent";
  if (comment.kind === "comment" && isAllowed(role, capability, own ? "own" : "other")) return;
  throw new AppError("forbidden", "Only its author or an admin may change a comment.", {
    reason: "role_required",
  });
}

function assertExpected(comment: Comment, expectedRevision: number | undefined): void {
  if (expectedRevision === undefined || expectedRevision === comment.revision) return;
  throw new AppError("conflict", "This comment was edited meanwhile. Compare and save again.", {
    reason: "revision_conflict",
    details: { current: { body: comment.body, revision: comment.revision } },
  });
}
