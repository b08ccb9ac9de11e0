import type { DaemonId, ProjectId, UserId } from "@headcount/contract/kit/ids";
import type { DirectoryMode, ProjectDirectory } from "@headcount/contract/projects/directory";
import { withoutHome } from "@headcount/domain/projects/special-folder";
import type { WorkspaceContext } from "../platform/context.ts";

type Row = {
  readonly projectId: ProjectId;
  readonly daemonId: DaemonId;
  readonly machineName: string;
  readonly ownerId: UserId;
  readonly ownerName: string;
  readonly path: string;
  readonly mode: DirectoryMode;
};

/** Directories of these projects; only the owner of a machine reads where on it they lie. */
export async function readDirectories(
  ctx: WorkspaceContext,
  projectIds: readonly ProjectId[],
): Promise<ReadonlyMap<ProjectId, readonly ProjectDirectory[]>> {
  if (projectIds.length === 0) return new Map();
  // A machine keeps its directory when another daemon of it takes over.
  const rows = await ctx.sql<Row[]>`
    select d.project_id, coalesce(r.daemon_id, d.daemon_id) as daemon_id,
      coalesce(r.machine_name, d.machine_name) as machine_name, d.owner_id, u.name as owner_name,
      d.path, d.mode
    from project_directories d
    join users u on u.id = d.owner_id
    left join lateral (
      select daemon_id, machine_name from runtimes
      where workspace_id = d.workspace_id and machine_id = d.machine_id
        and owner_id = d.owner_id and removed_at is null
      order by last_seen_at desc, id limit 1
    ) as r on true
    where d.workspace_id = ${ctx.workspaceId} and d.project_id = any(${projectIds}::uuid[])
    order by machine_name, daemon_id`;
  const reader = ctx.actor.kind === "member" ? ctx.actor.userId : null;
  const byProject = Map.groupBy(rows, (row) => row.projectId);
  return new Map(
    [...byProject].map(([projectId, of]) => [projectId, of.map((row) => toDirectory(row, reader))]),
  );
}

function toDirectory(row: Row, reader: UserId | null): ProjectDirectory {
  const { daemonId, machineName, ownerId, ownerName, path, mode } = row;
  return {
    daemonId,
    machineName,
    owner: { id: ownerId, name: ownerName },
    path: reader === ownerId ? path : withoutHome(path),
    mode,
  };
}
