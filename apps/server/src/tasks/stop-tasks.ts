import type { TaskId } from "@headcount/contract/kit/ids";
import type { LimitStop } from "@headcount/contract/tasks/states";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitTask } from "./emit-task.ts";
import { insertTaskStops } from "./store-task-stops.ts";
import type { TaskRow } from "./task-row.ts";

export type StopCause = {
  readonly reason: LimitStop;
  /** English for people: which limit, and how it stands. */
  readonly detail: string;
};

type HeldTask = Pick<TaskRow, "id" | "issueId" | "agentId" | "status" | "lease" | "daemonId">;

/**
 * Asks the machines of these tasks to end their runs: at once after the commit, or with the next
 * renewal of the lease. A run stays its machine's until it reports its end, so a result that is
 * already on its way still counts, and so does what it has used. It is then queued again to go on
 * in the same session; the caller sees to it that nobody claims it before there is room.
 *
 * Takes no lock of any task, so it may be called at the end of any transaction, and again for the
 * same tasks. Tasks that no machine holds are passed over.
 * @returns how many runs have newly been asked to end
 */
export async function stopTasks(
  ctx: WorkspaceContext,
  taskIds: readonly TaskId[],
  { reason, detail }: StopCause,
): Promise<number> {
  if (taskIds.length === 0) return 0;
  const held = await ctx.sql<HeldTask[]>`
    select t.id, t.issue_id, t.agent_id, t.status, t.lease, t.daemon_id from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.id = any(${taskIds}::uuid[])
      and t.status in ('dispatched', 'waiting_directory', 'running') and not t.lease_revoked
    order by t.id`;
  if (held.length === 0) return 0;
  const stops = held.map(({ id: taskId, lease }) => ({ taskId, lease, reason, detail }));
  const fresh = new Set((await insertTaskStops(ctx, stops)).map((stop) => stop.taskId));
  const newlyStopped = held.filter((task) => fresh.has(task.id));
  for (const task of newlyStopped) {
    emitTask(ctx, "task.progress", task, ["stopping"]);
    tellMachine(ctx, task, reason);
  }
  return newlyStopped.length;
}

function tellMachine(ctx: WorkspaceContext, task: HeldTask, reason: LimitStop): void {
  const { id: taskId, daemonId, lease } = task;
  if (daemonId === null) return;
  ctx.afterCommit(() =>
    ctx.services.signal({ topic: "daemon-stop", daemonId, taskId, lease, reason }),
  );
}
