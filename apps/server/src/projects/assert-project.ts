import type { ProjectId } from "@headcount/contract/kit/ids";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";

/** @throws invalid when the workspace has no such project */
export async function assertProject(ctx: WorkspaceContext, projectId: ProjectId): Promise<void> {
  const [row] = await ctx.sql`
    select 1 from projects
    where workspace_id = ${ctx.workspaceId} and id = ${projectId} and deleted_at is null for share`;
  if (row) return;
  throw new AppError("invalid", "There is no such project in this workspace.", {
    reason: "validation",
    details: { fields: [{ path: "projectId", message: "is not a project of this workspace" }] },
  });
}
