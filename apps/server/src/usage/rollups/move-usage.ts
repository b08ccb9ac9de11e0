import type { IssueId, ProjectId } from "@headcount/contract/kit/ids";
import type { Reaction } from "../../platform/command.ts";
import { reattributeMeters } from "./reattribute.ts";

/**
 * Reaction to a changed issue: its usage follows it into its project, in the transaction that
 * moves it. The issue's row is locked by that transaction, so no booking for the old project comes
 * after it.
 */
export const moveUsageWithIssue: Reaction<"issue.updated"> = async (ctx, change) => {
  if (!change.changed?.includes("projectId")) return;
  const issueId = change.entity.id as IssueId;
  const [issue] = await ctx.sql<{ projectId: ProjectId | null }[]>`
    select project_id from issues where workspace_id = ${ctx.workspaceId} and id = ${issueId}`;
  if (issue) await reattributeMeters(ctx, { issueId }, { projectId: issue.projectId });
};
