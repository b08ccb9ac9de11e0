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
 * deletes one of them waits, or has finished and is seen here. Claims, which hold agents among
 * themselves, neither wait for this nor hold it up.
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
  if (mode === "write") await keepAgent(ctx, owners.agentId);
  return { settings, issue };
}

/** Lets nobody change or archive an agent before the end of the transaction; claims may go on. */
export async function keepAgent(ctx: WorkspaceContext, agentId: AgentId): Promise<void> {
  await ctx.sql`
    select 1 from agents where workspace_id = ${ctx.workspaceId} and id = ${agentId}
    for key share`;
}

/** Lets nobody change or move an issue before the end of the transaction. */
export async function keepIssue(ctx: WorkspaceContext, issueId: IssueId): Promise<void> {
  await ctx.sql`
    select 1 from issues where workspace_id = ${ctx.workspaceId} and id = ${issueId} for share`;
}

/**
 * The lock on workspace and issue for a caller that holds agents or tasks already, and so must not
 * wait for what comes before them. False when somebody else holds one of the two.
 */
export async function tryLockIssue(ctx: WorkspaceContext, issueId: IssueId): Promise<boolean> {
  const [free] = await ctx.sql`
    select 1 from issues i join workspaces w on w.workspace_id = i.workspace_id
    where i.workspace_id = ${ctx.workspaceId} and i.id = ${issueId}
    for share of w, i skip locked`;
  return free !== undefined;
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
