import type { CommentId, IssueId, TaskId, UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

export type NewCommentRow = {
  readonly id: CommentId;
  readonly issueId: IssueId;
  readonly kind: "comment" | "system";
  readonly author: { readonly type: string; readonly id: string | null };
  readonly originatorId: UserId | null;
  readonly sourceTaskId: TaskId | null;
  readonly body: string;
  readonly parentId: CommentId | null;
  readonly threadId: CommentId;
};

export async function insertComment(ctx: Ctx, comment: NewCommentRow): Promise<void> {
  await ctx.sql`
    insert into comments (workspace_id, id, issue_id, kind, author_type, author_id, originator_id,
      source_task_id, body, parent_id, thread_id, created_at)
    values (${ctx.workspaceId}, ${comment.id}, ${comment.issueId}, ${comment.kind}, ${comment.author.type},
      ${comment.author.id}, ${comment.originatorId}, ${comment.sourceTaskId}, ${comment.body},
      ${comment.parentId}, ${comment.threadId}, ${ctx.now})`;
}

/** @returns the new revision */
export async function updateCommentBody(ctx: Ctx, id: CommentId, body: string): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update comments set body = ${body}, edited_at = ${ctx.now}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

/** A root takes its replies with it. @returns the ids that were deleted */
export async function markCommentsDeleted(ctx: Ctx, id: CommentId): Promise<CommentId[]> {
  const rows = await ctx.sql<{ id: CommentId }[]>`
    update comments set deleted_at = ${ctx.now}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and (id = ${id} or thread_id = ${id}) and deleted_at is null
    returning id`;
  return rows.map((row) => row.id);
}

/** Resolution belongs to the thread and is kept on its root. */
export async function setThreadResolved(
  ctx: Ctx,
  threadId: CommentId,
  resolvedAt: Date | null,
): Promise<boolean> {
  const rows = await ctx.sql`
    update comments set resolved_at = ${resolvedAt}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${threadId}
      and (resolved_at is null) <> (${resolvedAt}::timestamptz is null)
    returning id`;
  return rows.length > 0;
}
