import type { HeldLease } from "@headcount/contract/daemon/schemas";
import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import type { TaskStop } from "./store-task-stops.ts";

/** What limits want of exactly these leases, by task. */
export async function readTaskStops(
  ctx: WorkspaceContext,
  leases: readonly Pick<HeldLease, "taskId" | "lease">[],
): Promise<ReadonlyMap<TaskId, TaskStop>> {
  if (leases.length === 0) return new Map();
  const rows = await ctx.sql<TaskStop[]>`
    select s.task_id, s.lease, s.reason, s.detail from task_stops s
    join unnest(${leases.map((held) => held.taskId)}::uuid[],
      ${leases.map((held) => held.lease)}::int[]) as held(task_id, lease)
      on held.task_id = s.task_id and held.lease = s.lease
    where s.workspace_id = ${ctx.workspaceId}`;
  return new Map(rows.map((row) => [row.taskId, row]));
}
