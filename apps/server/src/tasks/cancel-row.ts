import { type CancelCause, transition } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import { endTask } from "./end-task.ts";
import { stateOf, type TaskRow } from "./task-row.ts";

/** Cancels one locked task; false when it had ended. Its machine is told after the commit. */
export async function cancelRow(
  ctx: WorkspaceContext,
  row: TaskRow,
  cause: CancelCause,
  /** What people read about it, where the cause is not their own doing. */
  error: string | null = null,
): Promise<boolean> {
  const decision = transition(stateOf(row), { type: "cancel", cause });
  if (!decision.ok) return false;
  await endTask(ctx, row, decision.value, {
    ...(error === null ? {} : { error }),
    attribution: { ...row.attribution, cancelCause: cause },
  });
  const { daemonId, lease } = row;
  if (daemonId && row.status !== "queued" && row.status !== "deferred") {
    ctx.afterCommit(() =>
      ctx.services.signal({ topic: "daemon-cancel", daemonId, taskId: row.id, lease }),
    );
  }
  return true;
}
