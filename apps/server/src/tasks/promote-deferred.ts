import type { AgentId, DaemonId } from "@headcount/contract/kit/ids";
import { transition } from "@headcount/domain/tasks/transitions";
import { isPending } from "@headcount/domain/tasks/task-can";
import type { WorkspaceContext } from "../platform/context.ts";
import { behindSavepoint } from "./behind-savepoint.ts";
import { cancelRow } from "./cancel-row.ts";
import { emitTask } from "./emit-task.ts";
import { commentsOf, stateOf, taskColumns, type TaskRow } from "./task-row.ts";
import { tryLockIssue } from "./lock-owners.ts";
import { readFreeSlot } from "./lock-tasks.ts";
import type { QuotaWaits } from "./read-quota-waits.ts";
import { updateTask } from "./store-tasks.ts";
import { wakeMachine } from "./wake-machine.ts";

const mostPerRun = 100;

/**
 * Makes due deferred tasks of these locked agents claimable, at most one per slot; the others of a
 * slot are replaced by the one that waits already. What waits out a quota is due before its time
 * when the agent's account has quota again, or is another one by now. Each row is behind a
 * savepoint, so one bad row harms no other. Agents come before tasks, and these are held: a slot
 * that somebody else works on is left to the next time.
 */
export async function promoteDeferred(
  ctx: WorkspaceContext,
  agentIds: readonly AgentId[],
  recentQuotaWaits: QuotaWaits,
): Promise<void> {
  if (agentIds.length === 0) return;
  const withoutQuota = [...recentQuotaWaits.keys()];
  const due = await ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from tasks t
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    left join runtimes r on r.workspace_id = a.workspace_id and r.id = a.runtime_id
      and r.removed_at is null
    where t.workspace_id = ${ctx.workspaceId} and t.status = 'deferred'
      and t.agent_id = any(${agentIds}::uuid[])
      and ((t.fire_reason = 'runtime_online' and r.online) or t.fire_at <= ${ctx.now}
        or (t.fire_reason = 'backoff' and t.agent_id <> all(${withoutQuota}::uuid[])))
    order by t.fire_at nulls first, t.id limit ${mostPerRun} for update of t skip locked`;
  for (const row of due) {
    const error = await behindSavepoint(ctx, async (inner) => {
      const slot = await readFreeSlot(inner, row);
      if (slot === null) return;
      // What ends here is booked to its issue, for which nobody waits who holds tasks.
      const isTaken = slot.some((task) => isPending(task.status));
      if (isTaken && !(await tryLockIssue(inner, row.issueId))) return;
      await promoteOne(inner, row, slot);
    });
    if (error === null) continue;
    ctx.services.log.error({ err: error, taskId: row.id }, "could not promote a deferred task");
  }
}

/**
 * Promotes one task of a locked slot, or cancels it when newer work has its place; false when
 * neither may be.
 */
export async function promoteOne(
  ctx: WorkspaceContext,
  row: TaskRow,
  slot: readonly TaskRow[],
): Promise<boolean> {
  const pending = slot.find((task) => isPending(task.status));
  if (pending) {
    const planned = [...pending.plannedCommentIds, ...commentsOf(row)];
    await updateTask(ctx, pending, {
      plannedCommentIds: [...new Set(planned)].filter((id) => id !== pending.triggerCommentId),
    });
    return cancelRow(ctx, row, "superseded");
  }
  const step = { type: "promote", due: true, runtimeReady: true, slotFree: true } as const;
  const decision = transition(stateOf(row), step);
  if (!decision.ok) return false;
  // It joins the queue now; counted from its creation it could have expired while it was deferred.
  await updateTask(ctx, row, {
    status: decision.value.status,
    fireAt: null,
    fireReason: null,
    queuedAt: ctx.now,
  });
  emitTask(ctx, "task.queued", { ...row, status: decision.value.status });
  wakeMachine(ctx, await findMachine(ctx, row.agentId));
  return true;
}

async function findMachine(ctx: WorkspaceContext, agentId: AgentId): Promise<DaemonId | null> {
  const [runtime] = await ctx.sql<{ daemonId: DaemonId }[]>`
    select r.daemon_id from agents a
    join runtimes r on r.workspace_id = a.workspace_id and r.id = a.runtime_id
    where a.workspace_id = ${ctx.workspaceId} and a.id = ${agentId} and r.removed_at is null`;
  return runtime?.daemonId ?? null;
}
