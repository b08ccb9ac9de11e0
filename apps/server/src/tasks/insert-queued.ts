import type { TaskId } from "@headcount/contract/kit/ids";
import type { IssuePriority } from "@headcount/contract/issues/schemas";
import { fallbackDelayMs } from "@headcount/domain/issues/comment-routing";
import { triggerSummary } from "@headcount/domain/tasks/coalescing";
import type { WorkspaceContext } from "../platform/context.ts";
import { attributionColumns } from "./attribution-columns.ts";
import { cancelRow } from "./cancel-row.ts";
import { emitTask } from "./emit-task.ts";
import type { AdmittedRequest } from "./enqueue-request.ts";
import { insertTask, type NewTask, updateTask } from "./store-tasks.ts";
import { commentsOf, type TaskRow } from "./task-row.ts";
import { wakeMachine } from "./wake-machine.ts";

const priorities: Readonly<Record<IssuePriority, number>> = {
  urgent: 4,
  high: 3,
  medium: 2,
  low: 1,
  none: 0,
};

const defaultMaxAttempts = 2;

/**
 * Inserts a task and settles it with the deferred work of its slot: new work takes the place of
 * retries and stand-ins that still wait, and answers their comments too.
 * @returns null when another transaction took the slot's pending place first
 */
export async function insertQueued(
  ctx: WorkspaceContext,
  request: AdmittedRequest,
  slot: readonly TaskRow[],
): Promise<TaskId | null> {
  const deferred = slot.filter((row) => row.status === "deferred");
  const standIn = deferred.find((row) => row.kind === "fallback");
  if (request.trigger === "fallback" && standIn) return joinStandIn(ctx, request, standIn);
  const task = newTask(ctx, request, deferred);
  if (!(await insertTask(ctx, task))) return null;
  if (task.status === "queued") {
    for (const row of deferred) await cancelRow(ctx, row, "superseded");
  }
  emitTask(ctx, "task.queued", task);
  if (task.status === "queued") wakeMachine(ctx, request.agent.runtime?.daemonId ?? null);
  return task.id;
}

function newTask(
  ctx: WorkspaceContext,
  request: AdmittedRequest,
  deferred: readonly TaskRow[],
): NewTask {
  const { issueId, comment, lineage, agent } = request;
  if (issueId === null) throw new Error("A task needs an issue");
  const deferral = deferralOf(ctx, request);
  const inherited = deferral === null ? deferred.flatMap(commentsOf) : [];
  const planned = [...(request.plannedCommentIds ?? []), ...inherited];
  const summary = comment ? comment.body : (request.owners.issue?.title ?? "");
  return {
    id: ctx.newId<TaskId>(),
    issueId,
    agentId: agent.id,
    kind: request.kind,
    status: deferral === null ? "queued" : "deferred",
    priority: priorities[request.owners.issue?.priority ?? "none"],
    preferredRuntimeId: lineage?.preferredRuntimeId ?? agent.runtime?.id ?? null,
    triggerCommentId: comment?.id ?? null,
    plannedCommentIds: [...new Set(planned)].filter((id) => id !== comment?.id),
    triggerSummary: triggerSummary(summary),
    handoffNote: request.handoffNote,
    attempt: lineage?.attempt ?? 1,
    maxAttempts: lineage?.maxAttempts ?? defaultMaxAttempts,
    retryOf: lineage?.retryOf ?? null,
    rerunOf: lineage?.rerunOf ?? null,
    fireAt: deferral?.fireAt ?? null,
    fireReason: deferral?.reason ?? null,
    queuedAt: ctx.now,
    freshSession: lineage?.freshSession ?? false,
    modelRequested: agent.model,
    ...attributionColumns(
      request.who,
      request.fallbackFor ? { fallbackFor: request.fallbackFor } : {},
    ),
  };
}

function deferralOf(
  ctx: WorkspaceContext,
  request: AdmittedRequest,
): (Pick<NewTask, "fireAt"> & { reason: NewTask["fireReason"] }) | null {
  if (request.trigger === "fallback") {
    return { fireAt: new Date(ctx.now.getTime() + fallbackDelayMs), reason: "fallback" };
  }
  return request.lineage?.deferral ?? null;
}

/** One stand-in per slot: a further comment joins it, with its own author behind it from then on. */
async function joinStandIn(
  ctx: WorkspaceContext,
  request: AdmittedRequest,
  standIn: TaskRow,
): Promise<TaskId> {
  const { comment } = request;
  if (!comment?.id) return standIn.id;
  await updateTask(ctx, standIn, {
    triggerCommentId: comment.id,
    plannedCommentIds: [...new Set(commentsOf(standIn))].filter((id) => id !== comment.id),
    triggerSummary: triggerSummary(comment.body),
    ...attributionColumns(request.who, {
      ...standIn.attribution,
      ...(request.fallbackFor ? { fallbackFor: request.fallbackFor } : {}),
    }),
  });
  emitTask(ctx, "task.queued", standIn, ["triggerCommentId", "plannedCommentIds"]);
  return standIn.id;
}
