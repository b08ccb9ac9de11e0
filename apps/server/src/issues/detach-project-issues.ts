import type { IssueId, ProjectId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { changeIssue } from "./change-issue.ts";

/** Issues of a project that is going away stay, without a project. Starts nobody. */
export async function detachProjectIssues(
  ctx: WorkspaceContext,
  projectId: ProjectId,
): Promise<void> {
  const rows = await ctx.sql<{ id: IssueId }[]>`
    select id from issues where workspace_id = ${ctx.workspaceId} and project_id = ${projectId}
      and deleted_at is null order by id for update`;
  for (const { id } of rows) {
    await changeIssue(ctx, id, { projectId: null }, { start: false, handoffNote: "", place: null });
  }
}
