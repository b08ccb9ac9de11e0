import type { AgentId, IssueId } from "@headcount/contract/kit/ids";
import { mostEqualCalls } from "@headcount/domain/runaway/describe-runaway";
import { stormWindowMs } from "@headcount/domain/runaway/judge-restarts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { FoundOnIssue } from "./find-restarters.ts";
import { countedFrom, type WatchedAgent } from "./read-watched-agents.ts";

/** Transcript rows of one run that are looked at; far fewer fit into ten minutes of thought. */
const mostRows = 600;

type RepeatRow = { agentId: AgentId; issueId: IssueId; tool: string; times: number };

/** Agents whose run makes the same call of a tool again and again. */
export async function findRepeaters(
  ctx: WorkspaceContext,
  agents: readonly WatchedAgent[],
): Promise<ReadonlyMap<AgentId, FoundOnIssue>> {
  const since = new Date(ctx.now.getTime() - stormWindowMs);
  const from = agents.map((agent) => countedFrom(agent, since).toISOString());
  const rows = await ctx.sql<RepeatRow[]>`
    select t.agent_id, t.issue_id, most.tool, most.times
    from unnest(${agents.map((agent) => agent.id)}::uuid[], ${from}::timestamptz[])
      as watched(id, since)
    join tasks t on t.workspace_id = ${ctx.workspaceId} and t.agent_id = watched.id
      and t.status = 'running'
    cross join lateral (
      select coalesce(calls.tool, '') as tool, count(*)::int as times from (
        select m.type, m.tool, m.input, m.content, m.at from task_messages m
        where m.workspace_id = t.workspace_id and m.task_id = t.id and m.lease = t.lease
        order by m.seq desc limit ${mostRows}
      ) as calls
      where calls.type = 'tool_use' and calls.at > watched.since
      group by calls.tool, md5(coalesce(calls.input::text, calls.content))
      order by times desc limit 1
    ) as most
    where most.times >= ${mostEqualCalls}`;
  return new Map(
    rows.map(({ agentId, issueId, tool, times }) => [
      agentId,
      { issueId, finding: { kind: "loop", repetition: { tool, times } } },
    ]),
  );
}
