import type { WorkspaceContext } from "../../platform/context.ts";

/** Notes the session that a task now has; a session stays noted when the task goes on in another. */
export async function insertTaskSession(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  taskId: string,
): Promise<void> {
  await ctx.sql`
    insert into usage_task_sessions (workspace_id, session_id, task_id)
    select workspace_id, session_id, id from tasks
    where workspace_id = ${ctx.workspaceId} and id = ${taskId} and session_id is not null
    on conflict (workspace_id, session_id) do nothing`;
}
