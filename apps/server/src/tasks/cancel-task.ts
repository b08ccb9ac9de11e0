import type { Task } from "@headcount/contract/tasks/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import { isAllowed, type Relation } from "@headcount/domain/members/permissions";
import { lockIssue } from "../issues/lock-issue.ts";
import { AppError, notFound } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cancelRow } from "./cancel-row.ts";
import { findTaskPlace, lockTask } from "./lock-tasks.ts";
import { lockOwners } from "./lock-owners.ts";
import { readTasks } from "./read-tasks.ts";
import { reconcileComments } from "./reconcile-comments.ts";
import { writeTaskActivity } from "./write-task-activity.ts";

/** Stops a task. Its machine hears of it at once, or with its next heartbeat. */
export const cancelTask = command(tasks.cancel, async (ctx, input) => {
  const place = await findTaskPlace(ctx, input.taskId);
  if (!place) throw notFound("task");
  assertMayCancel(ctx, await readOne(ctx, input.taskId));
  await lockIssue(ctx, place.issueId);
  await lockOwners(ctx, place, "write");
  const row = await lockTask(ctx, input.taskId);
  if (!(await cancelRow(ctx, row, "person"))) {
    throw new AppError("conflict", "This run has ended already.", {
      reason: "task.already_ended",
    });
  }
  await writeTaskActivity(ctx, row, "task_cancelled");
  await ctx.audit({ action: "task.cancelled", target: row.id, details: { status: row.status } });
  await reconcileComments(ctx, row);
  return readOne(ctx, input.taskId);
});

async function readOne(ctx: WorkspaceContext, taskId: Task["id"]): Promise<Task> {
  const [task] = await readTasks(ctx, {
    where: ctx.sql`and t.id = ${taskId}`,
    order: ctx.sql`limit 1`,
  });
  if (!task) throw notFound("task");
  return task;
}

/** To somebody who neither sees the agent nor administers the workspace the task does not exist. */
function assertMayCancel(ctx: WorkspaceContext, task: Task): void {
  const relation = relationTo(ctx, task);
  const role = ctx.actor.kind === "member" ? ctx.actor.role : "agent";
  if (isAllowed(role, "task.cancel", relation)) return;
  if (task.isPrivate) throw notFound("task");
  throw new AppError("forbidden", "An agent may stop only the runs that it started itself.", {
    reason: "role_required",
  });
}

function relationTo(ctx: WorkspaceContext, task: Task): Relation {
  if (ctx.actor.kind === "agent" && task.delegatedBy === ctx.actor.taskId) return "own";
  return task.isPrivate ? "other" : "visible";
}
