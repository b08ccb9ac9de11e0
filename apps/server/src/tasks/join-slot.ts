import type { CommentId, TaskId } from "@headcount/contract/kit/ids";
import { coalesce, triggerSummary } from "@headcount/domain/tasks/coalescing";
import { isPending } from "@headcount/domain/tasks/task-can";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTask } from "./emit-task.ts";
import type { AdmittedRequest } from "./enqueue-request.ts";
import { attributionColumns } from "./attribution-columns.ts";
import { updateTask } from "./store-tasks.ts";
import { attributionOf, type TaskRow } from "./task-row.ts";
import { wakeMachine } from "./wake-machine.ts";

/**
 * Lets a comment join the slot's unfinished work. A queued task becomes the comment's own, with
 * everything about who stands behind it; a task that is under way remembers it for its follow-up.
 */
export async function joinSlot(
  ctx: WorkspaceContext,
  request: AdmittedRequest,
  slot: readonly TaskRow[],
): Promise<TaskId | null> {
  const task = slot.find((row) => isPending(row.status)) ?? slot.find(isUnderWay);
  const commentId = request.comment?.id;
  if (!task || !commentId) return null;
  const decision = coalesce(
    { ...task, attribution: attributionOf(task) },
    {
      commentId,
      summary: triggerSummary(request.comment.body),
      attribution: request.who,
      mayInvoke: true,
    },
  );
  const further = request.plannedCommentIds ?? [];
  if (decision.merge === "planned") {
    await plan(ctx, task, [...decision.plannedCommentIds, ...further]);
  }
  if (decision.merge === "restamp") {
    await updateTask(ctx, task, {
      triggerCommentId: decision.triggerCommentId,
      plannedCommentIds: unique([...decision.plannedCommentIds, ...further]),
      triggerSummary: decision.triggerSummary,
      ...attributionColumns(decision.attribution, { ...task.attribution }),
    });
    emitTask(ctx, "task.queued", task, ["triggerCommentId", "plannedCommentIds", "originatorId"]);
    // A claim at this moment has passed over the task, because it is locked here.
    wakeMachine(ctx, request.agent.runtime?.daemonId ?? null);
  }
  return task.id;
}

async function plan(
  ctx: WorkspaceContext,
  task: TaskRow,
  plannedCommentIds: readonly CommentId[],
): Promise<void> {
  await updateTask(ctx, task, { plannedCommentIds: unique(plannedCommentIds) });
  emitTask(ctx, "task.progress", task, ["plannedCommentIds"]);
}

const isUnderWay = (row: TaskRow): boolean =>
  row.status === "waiting_directory" || row.status === "running";

const unique = (ids: readonly CommentId[]): readonly CommentId[] => [...new Set(ids)];
