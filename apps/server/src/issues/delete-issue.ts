import { issues } from "@headcount/contract/issues/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { AppError } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import { cancelTasksOf } from "../tasks/cancel-tasks-of.ts";
import { keyOf, lockIssue, type LockedIssue } from "./lock-issue.ts";
import { getIssue, resolveIssueId } from "./read-issue.ts";
import { markIssueDeleted, markIssueRestored } from "./store.ts";
import { writeActivities } from "./write-activity.ts";

export const trashDays = 30;
const dayMs = 86_400_000;

export const deleteIssue = command(issues.delete, async (ctx, input) => {
  const issue = await lockIssue(ctx, await resolveIssueId(ctx, input.issue));
  assertMayDelete(ctx, issue);
  const revision = await markIssueDeleted(ctx, issue.id, effectiveUserId(ctx.actor));
  await writeActivities(ctx, issue.id, [{ action: "deleted" }]);
  const cancelledTasks = await cancelTasksOf(ctx, { issueId: issue.id }, "subject_deleted");
  await ctx.audit({ action: "issue.deleted", target: issue.id, details: { key: keyOf(issue) } });
  ctx.emit({
    type: "issue.deleted",
    entity: { kind: "issue", id: issue.id, revision },
    data: { key: keyOf(issue), status: issue.status },
  });
  return {
    restorableUntil: new Date(ctx.now.getTime() + trashDays * dayMs).toISOString(),
    cancelledTasks,
  };
});

export const restoreIssue = command(issues.restore, async (ctx, input) => {
  const issue = await lockIssue(
    ctx,
    await resolveIssueId(ctx, input.issue, { deleted: "include" }),
  );
  assertMayDelete(ctx, issue);
  if (issue.deletedAt === null) return getIssue(ctx, issue.id);
  const revision = await markIssueRestored(ctx, issue.id);
  await writeActivities(ctx, issue.id, [{ action: "restored" }]);
  await ctx.audit({ action: "issue.restored", target: issue.id, details: { key: keyOf(issue) } });
  ctx.emit({
    type: "issue.restored",
    entity: { kind: "issue", id: issue.id, revision },
    data: { key: keyOf(issue), status: issue.status },
  });
  return getIssue(ctx, issue.id);
});

/** An issue is own for its creator; one that an agent created, for the person behind that run. */
function assertMayDelete(ctx: WorkspaceContext, issue: LockedIssue): void {
  const userId = effectiveUserId(ctx.actor);
  const own =
    issue.creatorType === "member" ? issue.creatorId === userId : issue.originatorId === userId;
  const role = ctx.actor.kind === "member" ? ctx.actor.role : "agent";
  if (isAllowed(role, "issue.delete", own ? "own" : "other")) return;
  throw new AppError("forbidden", "Only the issue's creator or an admin may do this.", {
    reason: "role_required",
  });
}
