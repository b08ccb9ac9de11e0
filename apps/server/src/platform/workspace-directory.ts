import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { Database } from "./database.ts";

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Finds workspaces by slug or id. Slugs never change hands, so what was found once stays true. */
export type WorkspaceDirectory = {
  find(slugOrId: string): Promise<WorkspaceId | null>;
  /** Every workspace that is not deleted, for work that goes through all of them. */
  list(): Promise<WorkspaceId[]>;
};

export function createWorkspaceDirectory(database: Database): WorkspaceDirectory {
  const bySlug = new Map<string, WorkspaceId>();
  return {
    async find(slugOrId) {
      if (uuidPattern.test(slugOrId)) return slugOrId as WorkspaceId;
      const known = bySlug.get(slugOrId);
      if (known) return known;
      const [row] = await database.pool<{ workspaceId: WorkspaceId }[]>`
        select workspace_id from workspace_slugs where slug = ${slugOrId}`;
      if (row) bySlug.set(slugOrId, row.workspaceId);
      return row?.workspaceId ?? null;
    },
    async list() {
      const rows = await database.pool<{ workspaceId: WorkspaceId }[]>`
        select workspace_id from workspace_slugs where deleted_at is null order by workspace_id`;
      return rows.map((row) => row.workspaceId);
    },
  };
}
