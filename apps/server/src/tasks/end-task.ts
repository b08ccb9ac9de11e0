import type { TaskState } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTaskEnded } from "./emit-task.ts";
import { deleteTaskTokens } from "./store-task-tokens.ts";
import { type TaskPatch, updateTask } from "./store-tasks.ts";
import type { TaskRow } from "./task-row.ts";

/** Writes a terminal state: outcome and end, no more token, one change. */
export async function endTask(
  ctx: WorkspaceContext,
  row: TaskRow,
  state: TaskState,
  patch: TaskPatch = {},
): Promise<void> {
  await updateTask(ctx, row, {
    status: state.status,
    outcome: state.outcome,
    failureReason: state.failureReason,
    leaseRevoked: state.leaseRevoked,
    endedAt: ctx.now,
    leaseExpiresAt: null,
    activity: null,
    toolOpen: false,
    ...patch,
  });
  await deleteTaskTokens(ctx, row.id);
  emitTaskEnded(ctx, { ...row, status: state.status, outcome: state.outcome });
}
