import type { AgentId } from "@headcount/contract/kit/ids";
import { issues } from "@headcount/contract/issues/routes";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { startAssignedAgent } from "../tasks/plan-issue-triggers.ts";
import { assertAssignable } from "./assert-assignable.ts";
import { assigneeOf, lockIssue } from "./lock-issue.ts";
import { resolveIssueId } from "./read-issue.ts";

export const startIssue = command(issues.start, async (ctx, input) => {
  const issue = await lockIssue(ctx, await resolveIssueId(ctx, input.issue));
  const assignee = assigneeOf(issue);
  if (assignee?.type !== "agent") {
    throw new AppError("conflict", "No agent is assigned to this issue. Assign one first.", {
      reason: "issue.no_agent",
    });
  }
  await assertAssignable(ctx, assignee);
  const start = {
    issueId: issue.id,
    agentId: assignee.id as AgentId,
    handoffNote: input.handoffNote,
  };
  return { triggers: [await startAssignedAgent(ctx, start, "write")] };
});
