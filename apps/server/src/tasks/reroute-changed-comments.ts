import type { AgentId, CommentId, IssueId, TaskId, UserId } from "@headcount/contract/kit/ids";
import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { cancelRow } from "./cancel-row.ts";
import { type CauseFacts, causedByPerson, causedByRun, readRun } from "./cause-of.ts";
import { planCommentTriggers, routeAs } from "./plan-comment-triggers.ts";
import { toAuthor } from "./read-routing-facts.ts";
import { taskColumns, type TaskRow } from "./task-row.ts";

export type ChangedComments = {
  readonly issueId: IssueId;
  /** Comments whose text is not what it was, or is gone. */
  readonly commentIds: readonly CommentId[];
  /** The new text of an edited comment; null when they were deleted. */
  readonly edited: {
    readonly id: CommentId;
    readonly body: string;
    readonly parentId: CommentId | null;
  } | null;
};

type StoredComment = {
  id: CommentId;
  body: string;
  parentId: CommentId | null;
  authorType: string;
  authorId: string | null;
  kind: string;
  sourceTaskId: TaskId | null;
};

/**
 * Unfinished tasks that were told the old text end; the new text is routed under the editor's
 * authority, and the other comments of the ended tasks are delivered again, each under its own
 * author's. A run that has already finished stays as it was.
 * @returns whom the edited text wakes
 */
export async function rerouteChangedComments(
  ctx: WorkspaceContext,
  changed: ChangedComments,
): Promise<TriggerVerdict[]> {
  const rows = await ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.issue_id = ${changed.issueId}
      and t.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')
      and (t.trigger_comment_id = any(${[...changed.commentIds]}::uuid[])
        or t.planned_comment_ids && ${[...changed.commentIds]}::uuid[])
    order by t.id for update`;
  const cause = changed.edited ? "comment_edited" : "comment_deleted";
  for (const row of rows) await cancelRow(ctx, row, cause);
  const triggers = changed.edited
    ? await planCommentTriggers(
        ctx,
        { issueId: changed.issueId, comment: changed.edited, suppressAgentIds: [] },
        "write",
      )
    : [];
  for (const row of rows) await replaySurvivors(ctx, row, changed.commentIds);
  return triggers;
}

async function replaySurvivors(
  ctx: WorkspaceContext,
  row: TaskRow,
  changedIds: readonly CommentId[],
): Promise<void> {
  const batch = [row.triggerCommentId, ...row.plannedCommentIds].filter((id) => id !== null);
  const survivors = batch.filter((id) => !changedIds.includes(id));
  if (survivors.length === 0) return;
  const comments = await ctx.sql<StoredComment[]>`
    select id, body, parent_id, author_type, author_id, kind, source_task_id from comments
    where workspace_id = ${ctx.workspaceId} and id = any(${survivors}::uuid[]) and deleted_at is null
    order by created_at, id`;
  for (const comment of comments) {
    const cause = await causeOfComment(ctx, comment);
    if (cause === null) continue;
    await routeAs(
      ctx,
      {
        issueId: row.issueId,
        comment,
        suppressAgentIds: [],
        author: toAuthor(comment),
        cause,
        onlyAgentId: row.agentId,
      },
      "write",
    );
  }
}

/** Under whose rights a stored comment is routed; null for notices of the platform. */
async function causeOfComment(
  ctx: WorkspaceContext,
  comment: StoredComment,
): Promise<CauseFacts | null> {
  if (comment.authorType === "member") return causedByPerson(comment.authorId as UserId);
  if (comment.authorType !== "agent" || comment.sourceTaskId === null) return null;
  return causedByRun(comment.authorId as AgentId, await readRun(ctx, comment.sourceTaskId));
}
