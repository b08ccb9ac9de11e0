import type { AgentId, IssueId, RunawayHoldId, UserId } from "@headcount/contract/kit/ids";
import type { RunawayHold } from "@headcount/contract/runaway/schemas";
import { runaway } from "@headcount/contract/runaway/routes";
import { readClosedAgents } from "../agents/read-closed-agents.ts";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";

const mostLifted = 100;

type HoldRow = {
  id: RunawayHoldId;
  agentId: AgentId;
  agentName: string;
  kind: RunawayHold["kind"];
  since: Date;
  detail: string;
  facts: RunawayHold["facts"];
  issueId: IssueId | null;
  issueKey: string | null;
  heldTasks: number;
  liftedAt: Date | null;
  liftedBy: UserId | null;
};

/** Agents that the guard holds, of those that the caller sees. */
export const listHolds = query(runaway.holds, async (ctx, input) => {
  const which = input.agentId ? ctx.sql`and h.agent_id = ${input.agentId}` : ctx.sql``;
  const open = input.lifted ? ctx.sql`` : ctx.sql`and h.lifted_at is null`;
  return { items: await readHolds(ctx, ctx.sql`${which} ${open}`) };
});

/** Holds, the latest first, without those of agents that are closed to the caller. */
export async function readHolds(
  ctx: WorkspaceContext,
  where: ReturnType<WorkspaceContext["sql"]>,
): Promise<RunawayHold[]> {
  const rows = await ctx.sql<HoldRow[]>`
    select h.id, h.agent_id, a.name as agent_name, h.kind, h.since, h.detail, h.facts, h.issue_id,
      w.issue_prefix || '-' || i.number as issue_key, h.lifted_at, h.lifted_by,
      case when h.lifted_at is null then (select count(*)::int from tasks t
        where t.workspace_id = h.workspace_id and t.agent_id = h.agent_id
          and t.status in ('queued', 'deferred')) else 0 end as held_tasks
    from runaway_holds h
    join workspaces w on w.workspace_id = h.workspace_id
    join agents a on a.workspace_id = h.workspace_id and a.id = h.agent_id
    left join issues i on i.workspace_id = h.workspace_id and i.id = h.issue_id
      and i.deleted_at is null
    where h.workspace_id = ${ctx.workspaceId} ${where}
    order by h.lifted_at is not null, h.since desc limit ${mostLifted}`;
  const closed = await readClosedAgents(
    ctx,
    rows.map((row) => row.agentId),
  );
  return rows.filter((row) => !closed.has(row.agentId)).map(toHold);
}

function toHold(row: HoldRow): RunawayHold {
  return {
    ...row,
    since: row.since.toISOString(),
    liftedAt: row.liftedAt?.toISOString() ?? null,
  };
}
