import type { AgentId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

/** Why and since when the guard holds an agent. */
export type GuardHold = { readonly since: string; readonly detail: string };

/** By agent, the hold that lasts, or that lasted at some time after `liftedAfter`. */
export async function readHeldAgents(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId" | "now">,
  liftedAfter: Date = ctx.now,
): Promise<ReadonlyMap<AgentId, GuardHold>> {
  const rows = await ctx.sql<{ agentId: AgentId; since: Date; detail: string }[]>`
    select agent_id, since, detail from runaway_holds
    where workspace_id = ${ctx.workspaceId}
      and (lifted_at is null or lifted_at > ${liftedAfter})
    order by since`;
  return new Map(
    rows.map(({ agentId, since, detail }) => [agentId, { since: since.toISOString(), detail }]),
  );
}
