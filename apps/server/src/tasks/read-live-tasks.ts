import type { AgentId, IssueId } from "@headcount/contract/kit/ids";
import type { LiveTask } from "@headcount/contract/issues/schemas";
import type { WorkspaceContext } from "../platform/context.ts";
import { readAudience } from "./read-audience.ts";
import { readWaiting } from "./read-waiting.ts";
import { stalledSince } from "./stalled-since.ts";

type LiveRow = Pick<LiveTask, "id" | "status" | "agentName" | "activity"> & {
  issueId: IssueId;
  agentId: AgentId;
  startedAt: Date | null;
  queuedAt: Date;
  progressAt: Date | null;
  toolOpen: boolean;
};

/**
 * For each issue the one unfinished task that says best what is going on: the active one, else the
 * pending, else the deferred. Agents that the viewer may not see are left out.
 */
export async function readLiveTasks(
  ctx: WorkspaceContext,
  issueIds: readonly IssueId[],
): Promise<Map<IssueId, LiveTask>> {
  if (issueIds.length === 0) return new Map();
  const audience = await readAudience(ctx);
  const rows = await ctx.sql<LiveRow[]>`
    select distinct on (t.issue_id) t.id, t.issue_id, t.agent_id, a.name as agent_name, t.status,
      t.started_at, t.queued_at, t.activity, t.progress_at, t.tool_open
    from tasks t join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    where t.workspace_id = ${ctx.workspaceId} and t.issue_id = any(${issueIds}::uuid[])
      and t.status in ('deferred', 'queued', 'dispatched', 'waiting_directory', 'running')
      and t.agent_id = any(${audience.agentIds}::uuid[])
    order by t.issue_id, array_position(
      array['running', 'waiting_directory', 'dispatched', 'queued', 'deferred'], t.status),
      t.queued_at, t.id`;
  const waiting = await readWaiting(
    ctx,
    rows.filter((row) => row.status !== "running").map((row) => row.id),
  );
  return new Map(
    rows.map((row) => [
      row.issueId,
      {
        id: row.id,
        agentId: row.agentId,
        agentName: row.agentName,
        status: row.status,
        startedAt: row.startedAt?.toISOString() ?? null,
        queuedAt: row.queuedAt.toISOString(),
        activity: row.status === "running" ? row.activity : null,
        waiting: waiting.get(row.id)?.[0] ?? null,
        stalledSince: stalledSince(ctx.now, row, audience.stallAfterMs),
        toolOpen: row.status === "running" && row.toolOpen,
      },
    ]),
  );
}
