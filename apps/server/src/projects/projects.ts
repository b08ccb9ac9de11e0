import type { ProjectId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import type { Project } from "@headcount/contract/projects/schemas";
import { detachProjectIssues } from "../issues/detach-project-issues.ts";
import { notFound } from "../platform/app-error.ts";
import { command, query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { readDirectories } from "./read-directories.ts";
import {
  deleteDirectoriesOfProject,
  insertProject,
  markProjectDeleted,
  updateProjectRow,
} from "./store.ts";

type ProjectRow = Omit<Project, "createdAt" | "directories"> & { createdAt: Date };

async function readProjects(ctx: WorkspaceContext, id: ProjectId | null): Promise<Project[]> {
  const rows = await ctx.sql<ProjectRow[]>`
    select id, title, description, repositories, revision, created_at from projects
    where workspace_id = ${ctx.workspaceId} and deleted_at is null
      ${id === null ? ctx.sql`` : ctx.sql`and id = ${id}`}
    order by lower(title), id`;
  const directories = await readDirectories(
    ctx,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    ...row,
    directories: [...(directories.get(row.id) ?? [])],
    createdAt: row.createdAt.toISOString(),
  }));
}

/** @throws not_found */
export async function getProject(ctx: WorkspaceContext, id: ProjectId): Promise<Project> {
  const [project] = await readProjects(ctx, id);
  if (!project) throw notFound("project");
  return project;
}

export const listProjects = query(projects.list, async (ctx) => ({
  items: await readProjects(ctx, null),
}));

export const getProjectQuery = query(projects.get, (ctx, input) =>
  getProject(ctx, input.projectId),
);

export const createProject = command(projects.create, async (ctx, input) => {
  const id = ctx.newId<ProjectId>();
  await insertProject(ctx, id, input);
  ctx.emit({ type: "project.created", entity: { kind: "project", id, revision: 1 }, data: {} });
  return getProject(ctx, id);
});

export const updateProject = command(projects.update, async (ctx, input) => {
  await ctx.sql`
    select 1 from projects where workspace_id = ${ctx.workspaceId} and id = ${input.projectId} for update`;
  const before = await getProject(ctx, input.projectId);
  const after = {
    title: input.title ?? before.title,
    description: input.description ?? before.description,
    repositories: input.repositories ?? before.repositories,
  };
  const changed = (["title", "description", "repositories"] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (changed.length === 0) return before;
  const revision = await updateProjectRow(ctx, before.id, after);
  ctx.emit({
    type: "project.updated",
    entity: { kind: "project", id: before.id, revision },
    changed,
    data: {},
  });
  return getProject(ctx, before.id);
});

export const deleteProject = command(projects.delete, async (ctx, input) => {
  const project = await getProject(ctx, input.projectId);
  await detachProjectIssues(ctx, project.id);
  await deleteDirectoriesOfProject(ctx, project.id);
  await markProjectDeleted(ctx, project.id);
  ctx.emit({ type: "project.deleted", entity: { kind: "project", id: project.id }, data: {} });
  await ctx.audit({
    action: "project.deleted",
    target: project.id,
    details: { title: project.title },
  });
  return {};
});
