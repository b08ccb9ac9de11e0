import type { IssueId } from "@headcount/contract/kit/ids";
import type { IssueStatus } from "@headcount/contract/issues/schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { changeIssue } from "./change-issue.ts";

/** Changes an issue's status on the platform's own account; starts nobody. */
export async function changeIssueStatus(
  ctx: WorkspaceContext,
  id: IssueId,
  status: IssueStatus,
): Promise<void> {
  await changeIssue(ctx, id, { status }, { start: false, handoffNote: "", place: null });
}
