import type { WorkspaceContext } from "../platform/context.ts";
import { cancelRow } from "./cancel-row.ts";
import { taskColumns, type TaskRow } from "./task-row.ts";

/** The run that was presumed lost has reported after all: its retry is not needed. */
export async function cancelUnclaimedRetry(ctx: WorkspaceContext, row: TaskRow): Promise<void> {
  const retries = await ctx.sql<TaskRow[]>`
    select ${taskColumns(ctx.sql)} from tasks t
    where t.workspace_id = ${ctx.workspaceId} and t.retry_of = ${row.id}
      and t.status in ('deferred', 'queued')
    order by t.id for update`;
  for (const retry of retries) await cancelRow(ctx, retry, "superseded_by_late_result");
}
