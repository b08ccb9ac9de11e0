import type { AssigneeInput } from "@headcount/contract/kit/actors";
import type { IssueId, ProjectId, TaskId, UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { IssuePriority, IssueStatus } from "@headcount/contract/issues/schemas";
import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

/** Every workspace counts its issues from one. */
export async function openIssueCounter(
  tx: WorkspaceContext["sql"],
  workspaceId: WorkspaceId,
): Promise<void> {
  await tx`insert into issue_counters (workspace_id) values (${workspaceId})`;
}

/** Takes the next issue number; the row stays locked until the commit, so numbers have no gaps. */
export async function takeIssueNumber(ctx: Ctx): Promise<number> {
  const [row] = await ctx.sql<{ number: number }[]>`
    update issue_counters set issue_number = issue_number + 1
    where workspace_id = ${ctx.workspaceId} returning issue_number as number`;
  if (!row) throw new Error(`Workspace ${ctx.workspaceId} has no issue counter`);
  return row.number;
}

export type NewIssueRow = {
  readonly id: IssueId;
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly status: IssueStatus;
  readonly priority: IssuePriority;
  readonly assignee: AssigneeInput | null;
  readonly creator: { readonly type: string; readonly id: string | null };
  readonly originatorId: UserId | null;
  readonly sourceTaskId: TaskId | null;
  readonly projectId: ProjectId | null;
  readonly orderKey: string;
  readonly duplicateKey: string;
  readonly origin: string | null;
};

export async function insertIssue(ctx: Ctx, issue: NewIssueRow): Promise<void> {
  await ctx.sql`
    insert into issues (workspace_id, id, number, title, description, status, priority, assignee_type,
      assignee_id, creator_type, creator_id, originator_id, source_task_id, project_id, order_key,
      duplicate_key, origin, created_at, updated_at, last_activity_at)
    values (${ctx.workspaceId}, ${issue.id}, ${issue.number}, ${issue.title}, ${issue.description},
      ${issue.status}, ${issue.priority}, ${issue.assignee?.type ?? null}, ${issue.assignee?.id ?? null},
      ${issue.creator.type}, ${issue.creator.id}, ${issue.originatorId}, ${issue.sourceTaskId},
      ${issue.projectId}, ${issue.orderKey}, ${issue.duplicateKey}, ${issue.origin}, ${ctx.now}, ${ctx.now}, ${ctx.now})`;
}

export type IssueRowUpdate = {
  readonly title: string;
  readonly description: string;
  readonly status: IssueStatus;
  readonly priority: IssuePriority;
  readonly assignee: AssigneeInput | null;
  readonly projectId: ProjectId | null;
  readonly orderKey: string;
  readonly duplicateKey: string;
};

/** @returns the new revision */
export async function updateIssueRow(
  ctx: Ctx,
  id: IssueId,
  update: IssueRowUpdate,
): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update issues set title = ${update.title}, description = ${update.description}, status = ${update.status},
      priority = ${update.priority}, assignee_type = ${update.assignee?.type ?? null},
      assignee_id = ${update.assignee?.id ?? null}, project_id = ${update.projectId},
      order_key = ${update.orderKey}, duplicate_key = ${update.duplicateKey}, revision = revision + 1,
      updated_at = ${ctx.now}, last_activity_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

/** Gives a re-spaced column its new keys in one statement. */
export async function rewriteOrderKeys(
  ctx: Ctx,
  placed: readonly { readonly id: string; readonly orderKey: string }[],
): Promise<void> {
  if (placed.length === 0) return;
  await ctx.sql`
    update issues set order_key = item.order_key
    from unnest(${placed.map((issue) => issue.id)}::uuid[], ${placed.map((issue) => issue.orderKey)}::text[])
      as item(id, order_key)
    where issues.workspace_id = ${ctx.workspaceId} and issues.id = item.id`;
}

/** @returns its new revision, 0 when it is not there */
export async function markIssueDeleted(ctx: Ctx, id: IssueId, by: UserId | null): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update issues set deleted_at = ${ctx.now}, deleted_by = ${by}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

/** @returns its new revision, 0 when it is not there */
export async function markIssueRestored(ctx: Ctx, id: IssueId): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update issues set deleted_at = null, deleted_by = null, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

/** Notes that somebody commented, or removed comments when `added` is negative. */
export async function countComments(ctx: Ctx, id: IssueId, added: number): Promise<void> {
  await ctx.sql`
    update issues set comment_count = comment_count + ${added}, last_activity_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

/** The first run on an issue sets this once. */
export async function markIssueStarted(ctx: Ctx, id: IssueId): Promise<void> {
  await ctx.sql`
    update issues set first_started_at = coalesce(first_started_at, ${ctx.now}), last_activity_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

export type NewActivityRow = {
  readonly id: string;
  readonly issueId: IssueId;
  readonly actor: { readonly type: string; readonly id: string | null };
  readonly action: string;
  readonly details: Record<string, string | number | boolean | null>;
};

export async function insertActivities(ctx: Ctx, rows: readonly NewActivityRow[]): Promise<void> {
  if (rows.length === 0) return;
  await ctx.sql`
    insert into activities (workspace_id, id, issue_id, actor_type, actor_id, action, details, created_at)
    select ${ctx.workspaceId}, (item->>'id')::uuid, (item->>'issueId')::uuid, item->'actor'->>'type',
      (item->'actor'->>'id')::uuid, item->>'action', item->'details', ${ctx.now}
    from jsonb_array_elements(${ctx.sql.json(rows as never)}::jsonb) as item`;
}
