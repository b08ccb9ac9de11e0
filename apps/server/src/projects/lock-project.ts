import type { ProjectId } from "@headcount/contract/kit/ids";
import type { Project } from "@headcount/contract/projects/schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { getProject } from "./projects.ts";

/** Keeps others from changing a project until the transaction ends. @throws not_found */
export async function lockProject(ctx: WorkspaceContext, id: ProjectId): Promise<Project> {
  await ctx.sql`
    select 1 from projects where workspace_id = ${ctx.workspaceId} and id = ${id} for update`;
  return getProject(ctx, id);
}
