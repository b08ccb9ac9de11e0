import type { IssueId, ProjectId } from "@headcount/contract/kit/ids";
import type { Reaction } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { setProjectOfEvents } from "./store.ts";

/**
 * Lets the usage of an issue follow it into its project, in the transaction that moves the issue.
 * The issue's row is locked by that transaction, so no booking for the old project comes after it.
 */
export async function moveUsage(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  of: { readonly issueId: IssueId },
): Promise<void> {
  const [issue] = await ctx.sql<{ projectId: ProjectId | null }[]>`
    select project_id from issues where workspace_id = ${ctx.workspaceId} and id = ${of.issueId}`;
  if (issue) await setProjectOfEvents(ctx, of.issueId, issue.projectId);
}

/** Reaction to a changed issue. */
export const moveUsageWithIssue: Reaction<"issue.updated"> = async (ctx, change) => {
  if (!change.changed?.includes("projectId")) return;
  await moveUsage(ctx, { issueId: change.entity.id as IssueId });
};
