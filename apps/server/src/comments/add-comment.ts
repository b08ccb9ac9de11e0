import type { CommentId, IssueId } from "@headcount/contract/kit/ids";
import { comments } from "@headcount/contract/issues/routes";
import { storable } from "../agents/read-agent-redactor.ts";
import { lockIssue } from "../issues/lock-issue.ts";
import { resolveIssueId } from "../issues/read-issue.ts";
import { actorColumns } from "../platform/append-changes.ts";
import { AppError } from "../platform/app-error.ts";
import { command, query } from "../platform/command.ts";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import { planCommentTriggers } from "../tasks/plan-comment-triggers.ts";
import { getComment } from "./read-comments.ts";
import { writeComment } from "./write-comment.ts";

export const addComment = command(comments.add, async (ctx, input) => {
  const issue = await lockIssue(ctx, await resolveIssueId(ctx, input.issue));
  await assertInsideOwnThreads(ctx, issue.id, input.parentId);
  const body = await storable(ctx, input.body);
  const id = await writeComment(ctx, {
    issueId: issue.id,
    kind: "comment",
    author: actorColumns(ctx.actor),
    originatorId: effectiveUserId(ctx.actor),
    sourceTaskId: ctx.actor.kind === "agent" ? ctx.actor.taskId : null,
    body,
    parentId: input.parentId,
  });
  const triggers = await planCommentTriggers(
    ctx,
    {
      issueId: issue.id,
      comment: { id, body, parentId: input.parentId },
      suppressAgentIds: input.suppressAgentIds,
    },
    "write",
  );
  return { comment: await getComment(ctx, id), triggers };
});

/** The same decision as {@link addComment}, without writing. */
export const previewComment = query(comments.preview, async (ctx, input) => {
  const issueId = await resolveIssueId(ctx, input.issue);
  const triggers = await planCommentTriggers(
    ctx,
    {
      issueId,
      comment: { id: null, body: input.body, parentId: input.parentId },
      suppressAgentIds: [],
    },
    "preview",
  );
  return { triggers };
});

/**
 * A run that comments caused may reply only inside the threads that it was given; answers anywhere
 * else would reach people who did not ask.
 */
async function assertInsideOwnThreads(
  ctx: WorkspaceContext,
  issueId: IssueId,
  parentId: CommentId | null,
): Promise<void> {
  if (ctx.actor.kind !== "agent" || parentId === null) return;
  const [verdict] = await ctx.sql<{ kind: string; inside: boolean }[]>`
    select t.kind, exists (
      select 1 from comments wanted join comments given
        on given.workspace_id = wanted.workspace_id and given.thread_id = wanted.thread_id
      where wanted.workspace_id = ${ctx.workspaceId} and wanted.id = ${parentId}
        and given.id in (
          select r.comment_id from task_receipts r where r.workspace_id = t.workspace_id and r.task_id = t.id)
    ) as inside
    from tasks t where t.workspace_id = ${ctx.workspaceId} and t.id = ${ctx.actor.taskId} and t.issue_id = ${issueId}`;
  if (!verdict || verdict.kind !== "comment" || verdict.inside) return;
  throw new AppError(
    "conflict",
    "This run may reply only in the threads it was given. Reply there, or write a comment without a parent.",
    { reason: "reply_out_of_thread" },
  );
}
