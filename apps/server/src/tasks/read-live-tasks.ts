import type { AgentId, IssueId, TaskId } from "@headcount/contract/kit/ids";
import type { LiveTask } from "@headcount/contract/issues/schemas";
import type { TaskStatus } from "@headcount/contract/tasks/states";
import type { WorkspaceContext } from "../platform/context.ts";

type LiveRow = {
  issueId: IssueId;
  id: TaskId;
  agentId: AgentId;
  agentName: string;
  status: TaskStatus;
  startedAt: Date | null;
  queuedAt: Date;
  activity: string | null;
};

/** For each issue the task that says best what goes on: the active one, else the next to run. */
export async function readLiveTasks(
  ctx: WorkspaceContext,
  issueIds: readonly IssueId[],
): Promise<Map<IssueId, LiveTask>> {
  if (issueIds.length === 0) return new Map();
  const rows = await ctx.sql<LiveRow[]>`
    select distinct on (t.issue_id) t.issue_id, t.id, t.agent_id, a.name as agent_name, t.status,
      t.started_at, t.queued_at, t.activity
    from tasks t join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    where t.workspace_id = ${ctx.workspaceId} and t.issue_id = any(${[...issueIds]}::uuid[])
      and t.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')
    order by t.issue_id,
      array_position(array['running','waiting_directory','dispatched','queued','deferred'], t.status), t.queued_at`;
  return new Map(
    rows.map(({ issueId, ...row }) => [
      issueId,
      {
        ...row,
        startedAt: row.startedAt?.toISOString() ?? null,
        queuedAt: row.queuedAt.toISOString(),
        waiting: null,
        stalledSince: null,
      },
    ]),
  );
}
