import type { ProjectId } from "@headcount/contract/kit/ids";
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
