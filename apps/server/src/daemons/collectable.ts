import { daemon } from "@headcount/contract/daemon/routes";
import type { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import { globalHandler } from "../platform/command.ts";
import type { GlobalContext } from "../platform/context.ts";
import { setWorkspace } from "../platform/database.ts";
import { daemonOf } from "./as-daemon.ts";

type State = "keep" | "collect" | "unknown";

/** A directory is kept this long after the last activity on its closed issue. */
const idleMs = 24 * 60 * 60_000;

/** Which work directories nobody needs any more. */
export const listCollectable = globalHandler(daemon.collectable, async (ctx, input) => {
  const byWorkspace = Map.groupBy(input.items, (item) => item.workspaceId);
  const states = new Map<TaskId, State>();
  for (const [workspaceId, items] of byWorkspace) {
    const found = await readStates(
      ctx,
      workspaceId,
      items.map((item) => item.taskId),
    );
    for (const { taskId, state } of found) states.set(taskId, state);
  }
  return {
    items: input.items.map(({ taskId }) => ({ taskId, state: states.get(taskId) ?? "unknown" })),
  };
});

/**
 * Of tasks that any daemon of the machine has had: they may share a folder for work directories.
 * Collectable: the issue is closed or deleted, idle, and the agent has nothing unfinished on
 * it.
 */
function readStates(
  ctx: GlobalContext,
  workspaceId: WorkspaceId,
  taskIds: readonly TaskId[],
): Promise<{ taskId: TaskId; state: State }[]> {
  const { daemonId } = daemonOf(ctx);
  const idleSince = new Date(ctx.now.getTime() - idleMs);
  return ctx.transaction(async (tx) => {
    await setWorkspace(tx, workspaceId);
    return tx<{ taskId: TaskId; state: State }[]>`
      select t.id as task_id, case
        when exists (select 1 from tasks o where o.workspace_id = t.workspace_id
          and o.issue_id = t.issue_id and o.agent_id = t.agent_id
          and o.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running'))
          then 'keep'
        when (i.deleted_at is not null or i.status in ('done', 'cancelled'))
          and greatest(i.last_activity_at, t.ended_at, i.deleted_at) < ${idleSince} then 'collect'
        else 'keep' end as state
      from tasks t join issues i on i.workspace_id = t.workspace_id and i.id = t.issue_id
      where t.workspace_id = ${workspaceId} and t.id = any(${taskIds}::uuid[])
        and t.daemon_id in (
          select other.id from daemons me
          join daemons other on other.user_id = me.user_id and other.machine_id = me.machine_id
          where me.id = ${daemonId})`;
  });
}
