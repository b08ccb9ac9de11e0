import type { DaemonId, MachineId, ProjectId, UserId } from "@headcount/contract/kit/ids";
import type { LocalDirectory } from "@headcount/contract/projects/directory";
import type { Project } from "@headcount/contract/projects/schemas";
import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;
type ProjectFields = Pick<Project, "title" | "description" | "repositories">;

export async function insertProject(ctx: Ctx, id: ProjectId, fields: ProjectFields): Promise<void> {
  await ctx.sql`
    insert into projects (workspace_id, id, title, description, repositories, created_at, updated_at)
    values (${ctx.workspaceId}, ${id}, ${fields.title}, ${fields.description},
      ${ctx.sql.json(fields.repositories)}, ${ctx.now}, ${ctx.now})`;
}

export async function updateProjectRow(
  ctx: Ctx,
  id: ProjectId,
  fields: ProjectFields,
): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update projects set title = ${fields.title}, description = ${fields.description},
      repositories = ${ctx.sql.json(fields.repositories)}, revision = revision + 1, updated_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

export async function markProjectDeleted(ctx: Ctx, id: ProjectId): Promise<void> {
  await ctx.sql`
    update projects set deleted_at = ${ctx.now}, revision = revision + 1
    where workspace_id = ${ctx.workspaceId} and id = ${id}`;
}

/** Says that something of a project has changed that stands beside its row. @returns its revision */
export async function touchProject(ctx: Ctx, id: ProjectId): Promise<number> {
  const [row] = await ctx.sql<{ revision: number }[]>`
    update projects set revision = revision + 1, updated_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and id = ${id} returning revision`;
  return row?.revision ?? 0;
}

export type DirectoryPlace = {
  readonly projectId: ProjectId;
  readonly daemonId: DaemonId;
  readonly machineId: MachineId;
  readonly machineName: string;
  readonly ownerId: UserId;
};

/** False when the machine has this directory already. */
export async function upsertDirectory(
  ctx: Ctx,
  place: DirectoryPlace,
  { path, mode }: LocalDirectory,
): Promise<boolean> {
  const written = await ctx.sql`
    insert into project_directories as stored (workspace_id, project_id, machine_id, owner_id,
      daemon_id, machine_name, path, mode, created_at, updated_at)
    values (${ctx.workspaceId}, ${place.projectId}, ${place.machineId}, ${place.ownerId},
      ${place.daemonId}, ${place.machineName}, ${path}, ${mode}, ${ctx.now}, ${ctx.now})
    on conflict (workspace_id, project_id, machine_id, owner_id) do update
      set daemon_id = excluded.daemon_id, machine_name = excluded.machine_name,
        path = excluded.path, mode = excluded.mode, updated_at = excluded.updated_at
      where (stored.path, stored.mode) is distinct from (excluded.path, excluded.mode)
    returning 1`;
  return written.length === 1;
}

/** Takes away the directory of the machine that this daemon serves, or did when it was named. */
export async function deleteDirectory(
  ctx: Ctx,
  { projectId, daemonId }: Pick<DirectoryPlace, "projectId" | "daemonId">,
): Promise<void> {
  await ctx.sql`
    delete from project_directories d
    where d.workspace_id = ${ctx.workspaceId} and d.project_id = ${projectId}
      and (d.daemon_id = ${daemonId} or exists (select 1 from runtimes r
        where r.workspace_id = d.workspace_id and r.daemon_id = ${daemonId}
          and r.machine_id = d.machine_id and r.owner_id = d.owner_id))`;
}

export async function deleteDirectoriesOfProject(ctx: Ctx, projectId: ProjectId): Promise<void> {
  await ctx.sql`
    delete from project_directories
    where workspace_id = ${ctx.workspaceId} and project_id = ${projectId}`;
}

export async function deleteDirectoriesOfOwner(ctx: Ctx, ownerId: UserId): Promise<void> {
  await ctx.sql`
    delete from project_directories
    where workspace_id = ${ctx.workspaceId} and owner_id = ${ownerId}`;
}
