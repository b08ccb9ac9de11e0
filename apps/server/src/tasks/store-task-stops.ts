import type { TaskId } from "@headcount/contract/kit/ids";
import type { LimitStop } from "@headcount/contract/tasks/states";
import type { WorkspaceContext } from "../platform/context.ts";

export type TaskStop = {
  readonly taskId: TaskId;
  readonly lease: number;
  readonly reason: LimitStop;
  readonly detail: string;
};

/** @returns the stops that nobody had asked for before */
export function insertTaskStops(
  ctx: WorkspaceContext,
  stops: readonly TaskStop[],
): Promise<readonly Pick<TaskStop, "taskId" | "lease">[]> {
  return ctx.sql<Pick<TaskStop, "taskId" | "lease">[]>`
    insert into task_stops (workspace_id, task_id, lease, reason, detail, requested_at)
    select ${ctx.workspaceId}, (item->>'taskId')::uuid, (item->>'lease')::int,
      item->>'reason', item->>'detail', ${ctx.now}
    from jsonb_array_elements(${ctx.sql.json(stops as never)}::jsonb) as item
    on conflict do nothing returning task_id, lease`;
}

/** What they said stands on the tasks that they ended. */
export async function deleteOldTaskStops(ctx: WorkspaceContext, before: Date): Promise<void> {
  await ctx.sql`
    delete from task_stops where workspace_id = ${ctx.workspaceId} and requested_at < ${before}`;
}
