import type { AgentId, IssueId, RunawayHoldId, UserId } from "@headcount/contract/kit/ids";
import type { RunawayHold } from "@headcount/contract/runaway/schemas";
import { runaway } from "@headcount/contract/runaway/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { readClosedAgents } from "../agents/read-closed-agents.ts";
import { query } from "../platform/command.ts";
import type { Actor, WorkspaceContext } from "../platform/context.ts";

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
  ownerId: UserId;
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
      a.owner_id,
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
  return rows.filter((row) => !closed.has(row.agentId)).map((row) => toHold(row, ctx.actor));
}

function toHold({ ownerId, ...row }: HoldRow, actor: Actor): RunawayHold {
  return {
    ...row,
    mayRelease: row.liftedAt === null && mayEdit(actor, ownerId),
    since: row.since.toISOString(),
    liftedAt: row.liftedAt?.toISOString() ?? null,
  };
}

function mayEdit(actor: Actor, ownerId: UserId): boolean {
  if (actor.kind !== "member") return false;
  return isAllowed(actor.role, "agent.edit", ownerId === actor.userId ? "own" : "visible");
}
