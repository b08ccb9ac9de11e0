import { tasks } from "@headcount/contract/tasks/routes";
import type { CommentId } from "@headcount/contract/kit/ids";
import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import { taskCan } from "@headcount/domain/tasks/task-can";
import { lockIssue } from "../issues/lock-issue.ts";
import { AppError, notFound } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cancelRow } from "./cancel-row.ts";
import { causeOf } from "./cause-of.ts";
import { enqueueTask } from "./enqueue-task.ts";
import { lockOwners } from "./lock-owners.ts";
import { lockTask, readSlot } from "./lock-tasks.ts";
import { getTask } from "./read-tasks.ts";
import { commentsOf, type TaskRow } from "./task-row.ts";

/**
 * Runs a task's trigger again, for the person who asks: a new chain with new attribution. Work of
 * the slot that has not started is replaced, work that runs is waited for.
 */
export const rerunTask = command(tasks.rerun, async (ctx, input) => {
  const source = await getTask(ctx, input.taskId);
  if (!taskCan.rerun(source.status)) {
    throw new AppError("conflict", "This run has not ended yet. Cancel it or wait for its end.", {
      reason: "task.not_ended",
    });
  }
  const issue = await lockIssue(ctx, source.issueId);
  if (issue.deletedAt !== null) throw notFound("issue");
  await lockOwners(ctx, source, "write");
  const row = await lockTask(ctx, source.id);
  const replaced = await replaceUnstarted(ctx, row);
  const verdict = await enqueueRerun(ctx, row, replaced);
  assertQueued(verdict);
  await ctx.audit({ action: "task.rerun", target: row.id, details: { task: verdict.taskId } });
  return getTask(ctx, verdict.taskId);
});

async function replaceUnstarted(ctx: WorkspaceContext, row: TaskRow): Promise<readonly TaskRow[]> {
  const slot = await readSlot(ctx, row, "write");
  const unstarted = slot.filter((task) => task.startedAt === null);
  for (const task of unstarted) await cancelRow(ctx, task, "superseded_by_rerun");
  return unstarted;
}

async function enqueueRerun(
  ctx: WorkspaceContext,
  row: TaskRow,
  replaced: readonly TaskRow[],
): Promise<TriggerVerdict> {
  const { attributionFacts } = await causeOf(ctx);
  const living = await keepLiving(ctx, [...commentsOf(row), ...replaced.flatMap(commentsOf)]);
  const triggerId = living.find((id) => id === row.triggerCommentId) ?? null;
  return enqueueTask(
    ctx,
    {
      issueId: row.issueId,
      agentId: row.agentId,
      kind: "rerun",
      trigger: "rerun",
      comment: triggerId && { id: triggerId, body: row.triggerSummary },
      plannedCommentIds: living,
      handoffNote: row.handoffNote,
      attribution: attributionFacts,
      suppressed: false,
      lineage: {
        attempt: 1,
        maxAttempts: row.maxAttempts,
        retryOf: null,
        rerunOf: row.id,
        preferredRuntimeId: row.runtimeId,
        freshSession: false,
        deferral: null,
      },
    },
    "write",
  );
}

async function keepLiving(
  ctx: WorkspaceContext,
  commentIds: readonly CommentId[],
): Promise<readonly CommentId[]> {
  if (commentIds.length === 0) return [];
  const rows = await ctx.sql<{ id: CommentId }[]>`
    select id from comments where workspace_id = ${ctx.workspaceId}
      and id = any(${commentIds}::uuid[]) and deleted_at is null
    order by created_at, id`;
  return rows.map((row) => row.id);
}

/** Refusing rolls everything back, also what the rerun would have replaced. */
function assertQueued(
  verdict: TriggerVerdict,
): asserts verdict is TriggerVerdict & { taskId: NonNullable<TriggerVerdict["taskId"]> } {
  if (verdict.taskId !== null) return;
  const reason = verdict.reason ?? "agent_not_available";
  const code = reason === "agent_not_available" ? "forbidden" : "conflict";
  throw new AppError(code, verdict.detail ?? "The agent cannot run now.", { reason });
}
