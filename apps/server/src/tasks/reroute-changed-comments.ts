import type { CommentId, IssueId, TaskId } from "@headcount/contract/kit/ids";
import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { cancelRow } from "./cancel-row.ts";
import { commentsOf, taskColumns, type TaskRow } from "./task-row.ts";
import { type CommentTrigger, planCommentTriggers, routeAs } from "./plan-comment-triggers.ts";
import { causeOfComment } from "./reconcile-comments.ts";
import { toAuthor } from "./read-routing-facts.ts";
import { updateTask } from "./store-tasks.ts";

export type ChangedComments = {
  readonly issueId: IssueId;
  readonly commentIds: readonly CommentId[];
  /** The comment's new text; null when the comments were deleted. */
  readonly edited: CommentTrigger["comment"] | null;
};

/**
 * Takes changed comments out of the work that was to answer them: unclaimed tasks are cancelled
 * and their other comments asked for again, runs under way forget the comment. An edited comment
 * is then routed like a new one.
 * @returns what the edited comment wakes
 */
export async function rerouteChangedComments(
  ctx: WorkspaceContext,
  changed: ChangedComments,
): Promise<TriggerVerdict[]> {
  const rows = await findConcerned(ctx, changed);
  for (const row of rows) {
    if (row.status === "queued" || row.status === "deferred") {
      await cancelRow(ctx, row, changed.edited ? "comment_edited" : "comment_deleted");
    } else {
      await updateTask(ctx, row, { plannedCommentIds: without(row.plannedCommentIds, changed) });
    }
  }
  for (const row of rows) {
    if (row.status === "queued" || row.status === "deferred") await replayOthers(ctx, row, changed);
  }
  if (!changed.edited) return [];
  const { issueId, edited } = changed;
  return planCommentTriggers(ctx, { issueId, comment: edited, suppressAgentIds: [] }, "write");
}

function findConcerned(ctx: WorkspaceContext, changed: ChangedComments): Promise<TaskRow[]> {
  const ids = [...changed.commentIds];
  return ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.issue_id = ${changed.issueId}
      and t.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')
      and (t.trigger_comment_id = any(${ids}::uuid[]) or t.planned_comment_ids && ${ids}::uuid[])
    order by t.id for update`;
}

function without(ids: readonly CommentId[], changed: ChangedComments): readonly CommentId[] {
  return ids.filter((id) => !changed.commentIds.includes(id));
}

type OtherComment = {
  id: CommentId;
  body: string;
  parentId: CommentId | null;
  kind: string;
  authorType: string;
  authorId: string | null;
  sourceTaskId: TaskId | null;
};

/** The other comments of a cancelled task, oldest first, each as its own author, for the same agent. */
async function replayOthers(
  ctx: WorkspaceContext,
  row: TaskRow,
  changed: ChangedComments,
): Promise<void> {
  const ids = without(commentsOf(row), changed);
  if (ids.length === 0) return;
  const comments = await ctx.sql<OtherComment[]>`
    select id, body, parent_id, kind, author_type, author_id, source_task_id from comments
    where workspace_id = ${ctx.workspaceId} and id = any(${[...ids]}::uuid[]) and deleted_at is null
    order by created_at, id`;
  for (const { id, body, parentId, ...comment } of comments) {
    await routeAs(
      ctx,
      {
        issueId: changed.issueId,
        comment: { id, body, parentId },
        suppressAgentIds: [],
        author: toAuthor(comment),
        cause: await causeOfComment(ctx, comment),
        onlyAgentId: row.agentId,
      },
      "write",
    );
  }
}
