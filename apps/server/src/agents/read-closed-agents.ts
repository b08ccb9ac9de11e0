import { agentVisibility } from "@headcount/domain/agents/may-see";
import type { AgentAccess } from "@headcount/domain/agents/may-invoke";
import type { Actor, WorkspaceContext } from "../platform/context.ts";
import { viewerOf } from "./viewer.ts";

/** What stands in the place of an agent's name for people to whom it is closed. */
export const privateAgentName = "Private agent";

type AccessRow = AgentAccess & { readonly id: string };

/** Which of these agents the caller may not even know the name of. The platform itself knows all. */
export async function readClosedAgents(
  ctx: WorkspaceContext,
  agentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (agentIds.length === 0 || knowsAll(ctx.actor)) return new Set();
  const rows = await ctx.sql<AccessRow[]>`
    select a.id, a.access as mode, a.owner_id, array(select x.user_id::text from agent_allowed_members x
      where x.workspace_id = a.workspace_id and x.agent_id = a.id) as allowed_member_ids
    from agents a where a.workspace_id = ${ctx.workspaceId} and a.id = any(${[...agentIds]}::uuid[])`;
  return closedTo(ctx.actor, rows);
}

/** Which of these agents the actor may not even know the name of. */
export function closedTo(actor: Actor, agents: readonly AccessRow[]): ReadonlySet<string> {
  if (knowsAll(actor)) return new Set();
  const viewer = viewerOf({ actor });
  const isSelf = (id: string): boolean => actor.kind === "agent" && actor.agentId === id;
  return new Set(
    agents
      .filter((row) => !isSelf(row.id) && agentVisibility(row, viewer) === "none")
      .map((row) => row.id),
  );
}

const knowsAll = ({ kind }: Actor): boolean => kind === "system" || kind === "daemon";
