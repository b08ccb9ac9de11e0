import type { TerminalRecord } from "@headcount/contract/daemon/schemas";
import { type FailureReason, LimitStop } from "@headcount/contract/tasks/states";
import { finalComment } from "@headcount/domain/tasks/final-comment";
import { fileFailure, type FiledFailure } from "@headcount/domain/tasks/failure-taxonomy";
import { outcomeOf } from "@headcount/domain/tasks/outcome";
import { classifyFailureText } from "@headcount/domain/tasks/text-classification";
import { type TerminalResult, transition } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import { cancelUnclaimedRetry } from "./cancel-unclaimed-retry.ts";
import { emitTask } from "./emit-task.ts";
import { endTask } from "./end-task.ts";
import { failTask } from "./fail-task.ts";
import { postFinalComment } from "./post-final-comment.ts";
import { type RunEffects, readRunEffects } from "./read-run-effects.ts";
import { readTaskStops } from "./read-task-stops.ts";
import { reconcileComments } from "./reconcile-comments.ts";
import { liftQuotaWaitOf } from "./remember-quota.ts";
import type { TaskStop } from "./store-task-stops.ts";
import { type TaskPatch, updateTask } from "./store-tasks.ts";
import { stateOf, type TaskRow } from "./task-row.ts";
import { writeTaskActivity } from "./write-task-activity.ts";

export type Settlement = "stored" | "duplicate" | "late" | "rejected";

/**
 * Takes a machine's report about the end of a run. The task and its issue are locked. A report
 * under the valid lease decides, even against a presumed loss; a repeat changes nothing; one under
 * a lost lease is kept on the task and never acted on.
 */
export async function settleReport(
  ctx: WorkspaceContext,
  row: TaskRow,
  lease: number,
  report: TerminalRecord,
): Promise<Settlement> {
  const effects = await readRunEffects(ctx, row);
  const stop = (await readTaskStops(ctx, [{ taskId: row.id, lease }])).get(row.id) ?? null;
  const result = resultOf(row, report, effects, stop);
  const decision = transition(stateOf(row), { type: "report", lease, result });
  if (!decision.ok) return refused(ctx, row, lease, report, decision.reason);
  const wasPresumedLost = row.status === "failed";
  if (wasPresumedLost) await cancelUnclaimedRetry(ctx, row);
  const patch = patchOf(row, report);
  if (result.status === "failed") {
    const isNotice = report.status === "completed";
    await failTask(ctx, row, decision.value, {
      ...patch,
      error: isNotice ? report.answer : errorOf(report, result.failureReason, stop),
      rawFailureReason: isNotice ? null : filed(report, stop).raw,
      retryAfterMs: report.retryAfterMs,
    });
    return "stored";
  }
  await endTask(ctx, row, decision.value, { ...patch, rawFailureReason: null });
  await writeTaskActivity(
    ctx,
    row,
    result.status === "completed" ? "task_completed" : "task_cancelled",
    { outcome: decision.value.outcome },
  );
  if (result.status === "completed") {
    await liftQuotaWaitOf(ctx, row);
    await postFinalComment(ctx, row, report.answer, effects);
  }
  await reconcileComments(ctx, row);
  return "stored";
}

function resultOf(
  row: TaskRow,
  report: TerminalRecord,
  effects: RunEffects,
  stop: TaskStop | null,
): TerminalResult {
  if (report.status === "cancelled") return { status: "cancelled" };
  if (report.status === "failed") {
    return { status: "failed", failureReason: filed(report, stop).reason };
  }
  const decision = finalComment({
    triggeredByComment: row.triggerCommentId !== null,
    wroteComment: effects.wroteComment,
    answer: report.answer,
    transcriptUrl: "",
  });
  if (!decision.post && decision.reason === "provider_notice") {
    return { status: "failed", failureReason: decision.failure };
  }
  const outcome = outcomeOf({
    status: "completed",
    answer: report.answer,
    wroteComment: effects.wroteComment,
    recordedEffect: effects.recordedEffect,
    askedQuestion: false,
  });
  return { status: "completed", outcome: outcome === "no_response" ? "no_response" : "done" };
}

/** A run counts as stopped by a limit only where a limit has asked for that: it is continued. */
function filed(report: TerminalRecord, stop: TaskStop | null): FiledFailure {
  if (report.failureReason === null && report.error !== null) {
    return { reason: classifyFailureText(report.error), raw: null };
  }
  const label = fileFailure(report.failureReason);
  const isLimit = LimitStop.safeParse(label.reason).success;
  return isLimit && stop?.reason !== label.reason
    ? { reason: "agent_error.unknown", raw: label.reason }
    : label;
}

/** The limit's own words first, then what went wrong besides. */
function errorOf(
  report: TerminalRecord,
  reason: FailureReason,
  stop: TaskStop | null,
): string | null {
  if (stop?.reason !== reason) return report.error;
  return report.error ? `${stop.detail}\n${report.error}` : stop.detail;
}

/** What a run leaves behind whatever its end; a session that is not named stays pinned. */
function patchOf(row: TaskRow, report: TerminalRecord): TaskPatch {
  return {
    result: report.answer === "" ? null : report.answer,
    error: report.error,
    sessionId: report.sessionId ?? row.sessionId,
    sessionRetired: report.sessionRetired,
    workDirectory: report.workDirectory ?? row.workDirectory,
    coverageLevel: report.coverage.level,
    coverageReason: report.coverage.reason,
    usageDrift: report.drift ?? [],
    watchdog: report.watchdog ?? null,
    ...(report.branch === null ? {} : { branch: report.branch }),
    ...(report.modelUsed === null ? {} : { modelUsed: report.modelUsed }),
  };
}

async function refused(
  ctx: WorkspaceContext,
  row: TaskRow,
  lease: number,
  report: TerminalRecord,
  reason: string,
): Promise<Settlement> {
  const isOwnCancel = row.status === "cancelled" && row.lease === lease;
  if (isOwnCancel) {
    // A run that a person stopped can be continued from where it was stopped.
    await updateTask(ctx, row, patchOf(row, report));
    return "late";
  }
  if (reason === "task.already_ended" && row.lease === lease && !row.leaseRevoked) {
    ctx.services.log.info({ taskId: row.id, lease }, "a run's end was reported again");
    return "duplicate";
  }
  if (reason === "task.illegal_transition") return "rejected";
  await updateTask(ctx, row, {
    supersededResult: {
      lease,
      status: report.status,
      answer: report.answer,
      failureReason: report.failureReason,
      receivedAt: ctx.now.toISOString(),
    },
  });
  emitTask(ctx, "task.superseded", row, ["supersededResult"]);
  return "late";
}
