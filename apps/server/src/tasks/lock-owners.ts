import type postgres from "postgres";
import type { AgentId, IssueId } from "@headcount/contract/kit/ids";
import type { IssuePriority } from "@headcount/contract/issues/schemas";
import { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";

export type Owners = {
  readonly settings: WorkspaceSettings;
  readonly issue: { readonly title: string; readonly priority: IssuePriority } | null;
};

/**
 * Locks what a new task will belong to, shared, in the order workspace, issue, agent: whoever
 * deletes one of them waits, or has finished and is seen here.
 * @throws not_found when the workspace or the issue is deleted
 */
export async function lockOwners(
  ctx: WorkspaceContext,
  owners: { readonly issueId: IssueId | null; readonly agentId: AgentId },
  mode: "preview" | "write",
): Promise<Owners> {
  const lock = mode === "write" ? ctx.sql`for share` : ctx.sql``;
  const settings = await readWorkspaceSettings(ctx, lock);
  const issue = owners.issueId === null ? null : await readOpenIssue(ctx, owners.issueId, lock);
  await ctx.sql`
    select 1 from agents where workspace_id = ${ctx.workspaceId} and id = ${owners.agentId} ${lock}`;
  return { settings, issue };
}

type Lock = postgres.PendingQuery<postgres.Row[]>;

async function readWorkspaceSettings(
  ctx: WorkspaceContext,
  lock: Lock,
): Promise<WorkspaceSettings> {
  const [workspace] = await ctx.sql<{ settings: unknown }[]>`
    select settings from workspaces
    where workspace_id = ${ctx.workspaceId} and deleted_at is null ${lock}`;
  if (!workspace) throw notFound("workspace");
  return WorkspaceSettings.parse(workspace.settings);
}

async function readOpenIssue(
  ctx: WorkspaceContext,
  issueId: IssueId,
  lock: Lock,
): Promise<Owners["issue"]> {
  const [issue] = await ctx.sql<{ title: string; priority: IssuePriority }[]>`
    select title, priority from issues
    where workspace_id = ${ctx.workspaceId} and id = ${issueId} and deleted_at is null ${lock}`;
  if (!issue) throw notFound("issue");
  return issue;
}
