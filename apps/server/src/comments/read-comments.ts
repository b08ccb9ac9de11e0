import type { CommentId, IssueId } from "@headcount/contract/kit/ids";
import type { Comment } from "@headcount/contract/issues/schemas";
import { comments } from "@headcount/contract/issues/routes";
import { resolveIssueId } from "../issues/read-issue.ts";
import { notFound } from "../platform/app-error.ts";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { type CommentRow, commentColumns, commentJoins, toComment } from "./comment-rows.ts";

/** @throws not_found for missing and deleted comments */
export async function getComment(ctx: WorkspaceContext, id: CommentId): Promise<Comment> {
  const [row] = await ctx.sql<CommentRow[]>`
    select ${commentColumns(ctx.sql)} from comments c ${commentJoins(ctx.sql)}
    where c.workspace_id = ${ctx.workspaceId} and c.id = ${id} and c.deleted_at is null`;
  if (!row) throw notFound("comment");
  return toComment(row);
}

type CommentFilters = {
  readonly thread?: CommentId | undefined;
  readonly recentThreads?: number | undefined;
  readonly rootsOnly?: boolean | undefined;
  readonly since?: string | undefined;
};

/** The newest comments when there are too many, in order of time, and a flag that says so. */
export const listComments = query(comments.list, async (ctx, input) => {
  const issueId = await resolveIssueId(ctx, input.issue, { deleted: "include" });
  const rows = await ctx.sql<CommentRow[]>`
    select ${commentColumns(ctx.sql)} from comments c ${commentJoins(ctx.sql)}
    where c.workspace_id = ${ctx.workspaceId} and c.issue_id = ${issueId} and c.deleted_at is null
      ${filterComments(ctx, issueId, input)}
    order by c.created_at desc, c.id desc limit ${input.limit + 1}`;
  return {
    items: rows.slice(0, input.limit).toReversed().map(toComment),
    truncated: rows.length > input.limit,
  };
});

function filterComments(
  ctx: WorkspaceContext,
  issueId: IssueId,
  filters: CommentFilters,
): ReturnType<WorkspaceContext["sql"]> {
  const { sql } = ctx;
  return sql`
    ${filters.thread ? sql`and c.thread_id = ${filters.thread}` : sql``}
    ${filters.rootsOnly ? sql`and c.parent_id is null` : sql``}
    ${filters.since ? sql`and c.created_at > ${new Date(filters.since)}` : sql``}
    ${filters.recentThreads ? sql`and c.thread_id in (${recentThreads(ctx, issueId, filters.recentThreads)})` : sql``}`;
}

function recentThreads(
  ctx: WorkspaceContext,
  issueId: IssueId,
  count: number,
): ReturnType<WorkspaceContext["sql"]> {
  return ctx.sql`
    select r.thread_id from comments r
    where r.workspace_id = ${ctx.workspaceId} and r.issue_id = ${issueId} and r.deleted_at is null
    group by r.thread_id order by max(r.created_at) desc limit ${count}`;
}
