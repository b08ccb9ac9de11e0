import { quotaWaitMs } from "@headcount/domain/tasks/quota-wait";
import { isResumeSafe } from "@headcount/domain/tasks/resume";
import { retryDecision, type RetryDecision } from "@headcount/domain/tasks/retry";
import type { TaskState } from "@headcount/domain/tasks/transitions";
import { AppError } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { endTask } from "./end-task.ts";
import type { Lineage } from "./enqueue-request.ts";
import { enqueueTask } from "./enqueue-task.ts";
import { reconcileComments } from "./reconcile-comments.ts";
import { rememberQuotaWait } from "./remember-quota.ts";
import type { TaskPatch } from "./store-tasks.ts";
import { tellAboutFailure } from "./tell-about-failure.ts";
import { attributionOf, type TaskRow } from "./task-row.ts";
import { writeTaskActivity } from "./write-task-activity.ts";

export type FailurePatch = TaskPatch & {
  /** Wait that the provider asked for, milliseconds. */
  readonly retryAfterMs?: number | null;
};

/**
 * Ends a locked task as failed and decides in the same transaction whether it is tried again. The
 * failure stands whatever becomes of the retry: one that finds its place taken is left out.
 */
export async function failTask(
  ctx: WorkspaceContext,
  row: TaskRow,
  state: TaskState,
  failure: FailurePatch = {},
): Promise<void> {
  const { retryAfterMs = null, ...patch } = failure;
  const reason = state.failureReason ?? "agent_error.unknown";
  await endTask(ctx, row, state, patch);
  await writeTaskActivity(ctx, row, "task_failed", { reason });
  const waitMs = quotaWaitMs({ reason, retryAfterMs });
  if (waitMs !== null) await rememberQuotaWait(ctx, row, waitMs);
  const decision = retryDecision({
    reason,
    attempt: row.attempt,
    maxAttempts: row.maxAttempts,
    kind: row.kind,
    retryAfterMs,
    resumeSafe:
      patch.sessionRetired !== true && isResumeSafe({ status: "failed", failureReason: reason }),
    jitter: Math.random(),
  });
  if (decision.retry && (await tryAgain(ctx, row, decision))) return;
  await reconcileComments(ctx, row);
  await tellAboutFailure(ctx, row, reason);
}

async function tryAgain(
  ctx: WorkspaceContext,
  row: TaskRow,
  decision: Extract<RetryDecision, { retry: true }>,
): Promise<boolean> {
  try {
    const verdict = await enqueueTask(
      ctx,
      {
        issueId: row.issueId,
        agentId: row.agentId,
        kind: row.kind,
        trigger: "retry",
        comment: row.triggerCommentId && { id: row.triggerCommentId, body: row.triggerSummary },
        plannedCommentIds: row.plannedCommentIds,
        handoffNote: row.handoffNote,
        attribution: { keep: attributionOf(row) },
        suppressed: false,
        lineage: lineageOf(ctx, row, decision),
      },
      "write",
    );
    return verdict.taskId !== null;
  } catch (error) {
    // The issue or the workspace was deleted: there is nothing to try again for.
    if (error instanceof AppError && error.code === "not_found") return false;
    throw error;
  }
}

function lineageOf(
  ctx: WorkspaceContext,
  row: TaskRow,
  decision: Extract<RetryDecision, { retry: true }>,
): Lineage {
  return {
    attempt: decision.countsAttempt ? row.attempt + 1 : row.attempt,
    maxAttempts: row.maxAttempts,
    retryOf: row.id,
    rerunOf: null,
    preferredRuntimeId: row.runtimeId,
    freshSession: decision.session === "fresh",
    deferral: deferralOf(ctx, decision),
  };
}

function deferralOf(
  ctx: WorkspaceContext,
  decision: Extract<RetryDecision, { retry: true }>,
): Lineage["deferral"] {
  if ("deferredUntil" in decision) return { fireAt: null, reason: "runtime_online" };
  if (decision.delayMs === 0) return null;
  const reason = decision.countsAttempt ? "retry" : "backoff";
  return { fireAt: new Date(ctx.now.getTime() + decision.delayMs), reason };
}
