import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import type { Transaction } from "../platform/database.ts";

export type NewWorkspaceRow = {
  readonly id: WorkspaceId;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly issuePrefix: string;
  readonly ownerId: UserId;
  readonly createdAt: Date;
};

/** A workspace with its counters and first prefix. Membership is the members slice's to write. */
export async function insertWorkspace(tx: Transaction, workspace: NewWorkspaceRow): Promise<void> {
  await tx`
    insert into workspaces (workspace_id, slug, name, description, issue_prefix, created_at)
    values (${workspace.id}, ${workspace.slug}, ${workspace.name}, ${workspace.description},
      ${workspace.issuePrefix}, ${workspace.createdAt})`;
  await tx`insert into workspace_counters (workspace_id) values (${workspace.id})`;
  await insertIssuePrefix(tx, workspace.id, workspace.issuePrefix);
}

/** @returns false when the slug is taken */
export async function reserveSlug(
  tx: Transaction,
  slug: string,
  workspaceId: WorkspaceId,
): Promise<boolean> {
  const rows = await tx`
    insert into workspace_slugs (slug, workspace_id) values (${slug}, ${workspaceId})
    on conflict do nothing returning slug`;
  return rows.length > 0;
}

/** Former prefixes keep resolving, so they are only ever added. */
export async function insertIssuePrefix(
  tx: Transaction,
  workspaceId: WorkspaceId,
  prefix: string,
): Promise<void> {
  await tx`
    insert into issue_prefixes (workspace_id, prefix) values (${workspaceId}, ${prefix}) on conflict do nothing`;
}

export type WorkspaceUpdate = {
  readonly name: string;
  readonly description: string;
  readonly context: string;
  readonly issuePrefix: string;
  readonly repositories: unknown;
  readonly settings: WorkspaceSettings;
};

export async function updateWorkspaceRow(
  tx: Transaction,
  workspaceId: WorkspaceId,
  update: WorkspaceUpdate,
): Promise<number> {
  const [row] = await tx<{ revision: number }[]>`
    update workspaces set name = ${update.name}, description = ${update.description}, context = ${update.context},
      issue_prefix = ${update.issuePrefix}, repositories = ${tx.json(update.repositories as never)},
      settings = ${tx.json(update.settings)}, revision = revision + 1
    where workspace_id = ${workspaceId} returning revision`;
  return row?.revision ?? 0;
}

export async function markWorkspaceDeleted(
  tx: Transaction,
  workspaceId: WorkspaceId,
  at: Date,
): Promise<void> {
  await tx`update workspaces set deleted_at = ${at} where workspace_id = ${workspaceId} and deleted_at is null`;
  await tx`update workspace_slugs set deleted_at = ${at} where workspace_id = ${workspaceId}`;
}
