import type { TaskId } from "@headcount/contract/kit/ids";
import type { TaskRefusal, TaskState, TaskStep } from "@headcount/domain/tasks/transitions";
import { transition } from "@headcount/domain/tasks/transitions";
import { AppError, notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { lockIssue } from "../issues/lock-issue.ts";
import { findTaskPlace, lockTask } from "./lock-tasks.ts";
import { stateOf, type TaskRow } from "./task-row.ts";

/**
 * Locks a task, after its issue, for the machine that says it runs it.
 * @throws not_found when the machine never had it; lease_lost when it has it no more
 */
export async function lockForWorker(
  ctx: WorkspaceContext,
  worker: { readonly taskId: TaskId; readonly lease: number },
): Promise<TaskRow> {
  const place = await findTaskPlace(ctx, worker.taskId);
  if (!place) throw notFound("task");
  await lockIssue(ctx, place.issueId);
  const row = await lockTask(ctx, worker.taskId);
  if (ctx.actor.kind !== "daemon") throw new Error("Only machines come here");
  if (row.daemonId !== ctx.actor.daemonId) throw leaseLost("lease_lost");
  return row;
}

/** Takes a step under a lease. @throws lease_lost, so that the machine stops the process */
export function stepUnderLease(row: TaskRow, step: TaskStep): TaskState {
  const decision = transition(stateOf(row), step);
  if (!decision.ok) throw leaseLost(decision.reason);
  return decision.value;
}

function leaseLost(refusal: TaskRefusal): AppError {
  return new AppError("conflict", "This run no longer belongs to this machine. Stop it.", {
    reason: "lease_lost",
    details: { refusal },
  });
}
