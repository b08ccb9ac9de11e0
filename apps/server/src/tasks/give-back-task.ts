import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTask } from "./emit-task.ts";
import { lockForWorker, stepUnderLease } from "./lock-for-worker.ts";
import { deleteReceipts } from "./store-receipts.ts";
import { deleteTaskTokens } from "./store-task-tokens.ts";
import { updateTask } from "./store-tasks.ts";

/**
 * Returns a claimed task that a machine cannot prepare; the next claim takes it under a new lease.
 * Its comments were never shown to the agent, so their receipts go. @throws lease_lost
 */
export async function giveBackTask(
  ctx: WorkspaceContext,
  worker: { readonly taskId: TaskId; readonly lease: number; readonly reason: string },
): Promise<void> {
  const row = await lockForWorker(ctx, worker);
  if (row.status === "queued" && row.lease === worker.lease) return;
  if (row.lease !== worker.lease || row.leaseRevoked) {
    stepUnderLease(row, { type: "start", lease: worker.lease });
  }
  const state = stepUnderLease(row, { type: "return_to_queue" });
  await updateTask(ctx, row, {
    status: state.status,
    leaseExpiresAt: null,
    dispatchedAt: null,
    runtimeId: null,
    step: null,
    stepSince: null,
  });
  await deleteTaskTokens(ctx, row.id);
  await deleteReceipts(ctx, row.id);
  ctx.services.log.info({ taskId: row.id, reason: worker.reason }, "a machine gave a task back");
  emitTask(ctx, "task.queued", { ...row, status: state.status });
}
