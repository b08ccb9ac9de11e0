import type { WorkspaceContext } from "../platform/context.ts";

type Fragment = ReturnType<WorkspaceContext["sql"]>;

/**
 * A relation with id, status and agent_id of the tasks that have not ended. Its three parts are the
 * conditions of three partial indexes: asked for in one, every task that there ever was is read.
 */
export function unfinishedTasks({
  sql,
  workspaceId,
}: Pick<WorkspaceContext, "sql" | "workspaceId">): Fragment {
  return sql`
    select id, status, agent_id from tasks
    where workspace_id = ${workspaceId} and status in ('waiting_directory', 'running')
    union all
    select id, status, agent_id from tasks
    where workspace_id = ${workspaceId} and status in ('queued', 'dispatched')
    union all
    select id, status, agent_id from tasks
    where workspace_id = ${workspaceId} and status = 'deferred'`;
}
