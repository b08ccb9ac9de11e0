import { issues } from "@headcount/contract/issues/routes";
import type { Assignee, IssueTriggerState } from "@headcount/domain/issues/triggers";
import { query } from "../platform/command.ts";
import { planIssueTriggers } from "../tasks/plan-issue-triggers.ts";
import { getIssue, resolveIssueId } from "./read-issue.ts";

/** Decides through the same function as the write, so that a preview is what then happens. */
export const previewIssueWrite = query(issues.preview, async (ctx, input) => {
  const existing =
    input.issue === undefined ? null : await getIssue(ctx, await resolveIssueId(ctx, input.issue));
  const before: IssueTriggerState | null = existing && {
    status: existing.status,
    assignee: existing.assignee as Assignee | null,
  };
  const after: IssueTriggerState = {
    status: input.status ?? before?.status ?? "todo",
    assignee:
      input.assignee === undefined
        ? (before?.assignee ?? null)
        : (input.assignee as Assignee | null),
  };
  const triggers = await planIssueTriggers(
    ctx,
    { issueId: existing?.id ?? null, before, after, start: input.start, handoffNote: "" },
    "preview",
  );
  return { triggers };
});
