import type { IssueId, ProjectId, UserId } from "@headcount/contract/kit/ids";
import type { IssuePriority, IssueStatus } from "@headcount/contract/issues/schemas";
import type { Assignee, IssueTriggerState } from "@headcount/domain/issues/triggers";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";

/** The members of an issue that writes compare and change. */
export type LockedIssue = {
  readonly id: IssueId;
  readonly number: number;
  readonly issuePrefix: string;
  readonly title: string;
  readonly description: string;
  readonly status: IssueStatus;
  readonly priority: IssuePriority;
  readonly assigneeType: "member" | "agent" | null;
  readonly assigneeId: string | null;
  readonly creatorType: string;
  readonly creatorId: string | null;
  readonly originatorId: UserId | null;
  readonly projectId: ProjectId | null;
  readonly orderKey: string;
  readonly revision: number;
  readonly deletedAt: Date | null;
};

/** Locks the workspace shared and the issue for this write. @throws not_found */
export async function lockIssue(ctx: WorkspaceContext, id: IssueId): Promise<LockedIssue> {
  await ctx.sql`select 1 from workspaces where workspace_id = ${ctx.workspaceId} for share`;
  const [row] = await ctx.sql<LockedIssue[]>`
    select i.id, i.number, w.issue_prefix, i.title, i.description, i.status, i.priority, i.assignee_type,
      i.assignee_id, i.creator_type, i.creator_id, i.originator_id, i.project_id, i.order_key,
      i.revision, i.deleted_at
    from issues i join workspaces w on w.workspace_id = i.workspace_id
    where i.workspace_id = ${ctx.workspaceId} and i.id = ${id} for update of i`;
  if (!row) throw notFound("issue");
  return row;
}

/** The key that people read, such as `ACME-7`. */
export function keyOf(issue: Pick<LockedIssue, "issuePrefix" | "number">): string {
  return `${issue.issuePrefix}-${issue.number}`;
}

export function assigneeOf(
  issue: Pick<LockedIssue, "assigneeType" | "assigneeId">,
): Assignee | null {
  if (issue.assigneeType === null || issue.assigneeId === null) return null;
  return { type: issue.assigneeType, id: issue.assigneeId } as Assignee;
}

export function triggerStateOf(issue: LockedIssue): IssueTriggerState {
  return { status: issue.status, assignee: assigneeOf(issue) };
}
