import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { type Workspace, WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import { notFound } from "../platform/app-error.ts";
import type { Transaction } from "../platform/database.ts";

type WorkspaceRow = {
  id: WorkspaceId;
  slug: string;
  name: string;
  description: string;
  context: string;
  issuePrefix: string;
  repositories: Workspace["repositories"];
  settings: Record<string, unknown>;
  revision: number;
  createdAt: Date;
  deletedAt: Date | null;
};

/** @throws not_found */
export async function getWorkspace(tx: Transaction, workspaceId: WorkspaceId): Promise<Workspace> {
  const [row] = await tx<WorkspaceRow[]>`
    select workspace_id as id, slug, name, description, context, issue_prefix, repositories, settings,
      revision, created_at, deleted_at
    from workspaces where workspace_id = ${workspaceId}`;
  if (!row) throw notFound("workspace");
  return {
    ...row,
    settings: WorkspaceSettings.parse(row.settings),
    createdAt: row.createdAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}
