import type { CommentId, IssueId } from "@headcount/contract/kit/ids";
import type { CommentAuthor, ThreadFacts } from "@headcount/domain/issues/comment-routing";
import { parseMentions } from "@headcount/domain/issues/mentions";
import type { Assignee } from "@headcount/domain/issues/triggers";
import type { WorkspaceContext } from "../platform/context.ts";

type ThreadRow = {
  id: CommentId;
  parentId: CommentId | null;
  authorType: string;
  authorId: string | null;
  kind: string;
  body: string;
};

/** What routing wants to know about the issue and the thread that a comment joins. */
export async function readRoutingFacts(
  ctx: WorkspaceContext,
  issueId: IssueId,
  parentId: CommentId | null,
  commentId: CommentId | null,
): Promise<{ assignee: Assignee | null; thread: ThreadFacts | null }> {
  const [issue] = await ctx.sql<
    { assigneeType: "member" | "agent" | null; assigneeId: string | null }[]
  >`
    select assignee_type, assignee_id from issues
    where workspace_id = ${ctx.workspaceId} and id = ${issueId}`;
  const assignee =
    issue?.assigneeType && issue.assigneeId
      ? ({ type: issue.assigneeType, id: issue.assigneeId } as Assignee)
      : null;
  return { assignee, thread: parentId ? await readThread(ctx, parentId, commentId) : null };
}

async function readThread(
  ctx: WorkspaceContext,
  parentId: CommentId,
  commentId: CommentId | null,
): Promise<ThreadFacts | null> {
  const rows = await ctx.sql<ThreadRow[]>`
    select c.id, c.parent_id, c.author_type, c.author_id, c.kind,
      case when c.parent_id is null then c.body else '' end as body
    from comments c
    join comments parent on parent.workspace_id = c.workspace_id and parent.id = ${parentId}
    where c.workspace_id = ${ctx.workspaceId} and c.thread_id = parent.thread_id
      and c.deleted_at is null and c.id is distinct from ${commentId}
    order by c.created_at, c.id`;
  const parent = rows.find((row) => row.id === parentId);
  const root = rows.find((row) => row.parentId === null);
  if (!parent || !root) return null;
  return {
    parentAuthor: toAuthor(parent),
    rootAuthor: toAuthor(root),
    rootMentions: parseMentions(root.body),
    replyAuthors: rows.filter((row) => row.id !== root.id).map(toAuthor),
  };
}

/** Author of a stored comment, as routing sees one. */
export function toAuthor(row: Pick<ThreadRow, "authorType" | "authorId" | "kind">): CommentAuthor {
  if (row.kind === "system" || row.authorId === null) return { type: "system" };
  if (row.authorType === "agent") return { type: "agent", id: row.authorId as never };
  return row.authorType === "member" ? { type: "member", id: row.authorId } : { type: "system" };
}
