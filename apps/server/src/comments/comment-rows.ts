import type { ActorRef } from "@headcount/contract/kit/actors";
import type { CommentId, IssueId, TaskId } from "@headcount/contract/kit/ids";
import type { Comment } from "@headcount/contract/issues/schemas";
import type { WorkspaceContext } from "../platform/context.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type CommentRow = {
  id: CommentId;
  issueId: IssueId;
  kind: "comment" | "system";
  authorType: ActorRef["type"];
  authorId: string | null;
  authorName: string | null;
  originatorId: string | null;
  originatorName: string | null;
  sourceTaskId: TaskId | null;
  body: string;
  parentId: CommentId | null;
  threadId: CommentId;
  resolvedAt: Date | null;
  revision: number;
  createdAt: Date;
  editedAt: Date | null;
};

/** Columns of a comment `c`; joins come from {@link commentJoins}. */
export function commentColumns(sql: WorkspaceContext["sql"]): Fragment {
  return sql`
    c.id, c.issue_id, c.kind, c.author_type, c.author_id, coalesce(author_user.name, author_agent.name) as author_name,
    c.originator_id, originator.name as originator_name, c.source_task_id, c.body, c.parent_id, c.thread_id,
    c.resolved_at, c.revision, c.created_at, c.edited_at`;
}

export function commentJoins(sql: WorkspaceContext["sql"]): Fragment {
  return sql`
    left join users author_user on c.author_type = 'member' and author_user.id = c.author_id
    left join agents author_agent on c.author_type = 'agent'
      and author_agent.workspace_id = c.workspace_id and author_agent.id = c.author_id
    left join users originator on originator.id = c.originator_id`;
}

export function toComment(row: CommentRow): Comment {
  const onBehalf = row.authorType === "agent" && row.originatorId !== null;
  return {
    id: row.id,
    issueId: row.issueId,
    kind: row.kind,
    author: { type: row.authorType, id: row.authorId, name: row.authorName ?? "Headcount" },
    onBehalfOf: onBehalf
      ? { type: "member", id: row.originatorId, name: row.originatorName ?? "" }
      : null,
    body: row.body,
    parentId: row.parentId,
    threadId: row.threadId,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    taskId: row.sourceTaskId,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
  };
}
