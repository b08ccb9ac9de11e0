import type { LiveState } from "@headcount/contract/live/gauge-schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { unfinishedTasks } from "./unfinished-tasks.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

/** A machine that has been silent for longer offers nothing. */
const longestSilenceMs = 45_000;

/** What there is in a workspace right now: runs, agents, room for runs, what waits, what is open. */
export async function readState({ sql, workspaceId, now }: Ctx): Promise<LiveState> {
  const heardSince = new Date(now.getTime() - longestSilenceMs);
  const [state] = await sql<LiveState[]>`
    select work.running_tasks, work.active_agents, work.queue_depth,
      (select coalesce(sum(l.slots_total), 0)::int from daemon_liveness l
        where l.workspace_id = ${workspaceId} and l.beat_at >= ${heardSince}
          and exists (select 1 from runtimes r where r.workspace_id = l.workspace_id
            and r.daemon_id = l.daemon_id and r.online and r.removed_at is null)) as capacity,
      (select count(*)::int from issues i where i.workspace_id = ${workspaceId}
        and i.deleted_at is null and i.status not in ('done', 'cancelled')) as open_issues
    from (
      select count(*) filter (where t.status = 'running')::int as running_tasks,
        count(distinct t.agent_id) filter (where t.status = 'running')::int as active_agents,
        count(*) filter (where t.status <> 'running')::int as queue_depth
      from (${unfinishedTasks({ sql, workspaceId })}) as t
    ) as work`;
  if (!state) throw new Error("Counting returns a row");
  return state;
}
