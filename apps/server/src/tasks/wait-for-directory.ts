import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTask } from "./emit-task.ts";
import { lockForWorker, stepUnderLease } from "./lock-for-worker.ts";
import { updateTask } from "./store-tasks.ts";

export type DirectoryWait = {
  readonly taskId: TaskId;
  readonly lease: number;
  /** Display name of the directory. */
  readonly directory: string;
  /** Who holds it. */
  readonly holder: string;
};

/** The work directory is held by another run; the lease keeps being renewed. @throws lease_lost */
export async function waitForDirectory(ctx: WorkspaceContext, wait: DirectoryWait): Promise<void> {
  const row = await lockForWorker(ctx, wait);
  const isRepeat =
    row.status === "waiting_directory" && row.lease === wait.lease && !row.leaseRevoked;
  if (isRepeat) return;
  const state = stepUnderLease(row, { type: "wait_for_directory", lease: wait.lease });
  await updateTask(ctx, row, {
    status: state.status,
    step: "waiting_directory",
    stepSince: ctx.now,
    waitingAt: ctx.now,
    displayDirectory: wait.directory,
    activity: wait.holder,
  });
  emitTask(ctx, "task.waiting", { ...row, status: state.status });
}
