import type { AgentId } from "@headcount/contract/kit/ids";
import { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import type { AgentAccess } from "@headcount/domain/agents/may-invoke";
import { maySeeRuns } from "@headcount/domain/agents/may-see";
import { type Actor, effectiveUserId, type WorkspaceContext } from "../platform/context.ts";

export type Audience = {
  /** Agents whose runs the context's actor may see in full. */
  readonly agentIds: readonly AgentId[];
  readonly stallAfterMs: number;
};

/** What decides for anybody whether an agent, or its runs, may be seen. */
type AgentAccessRow = AgentAccess & { readonly id: AgentId };

/** Who may see what, of all agents of a workspace. */
export type Audiences = Pick<Audience, "stallAfterMs"> & {
  readonly agents: readonly AgentAccessRow[];
};

/** Which agents' runs the context's actor may see. The platform itself sees all. */
export async function readAudience(ctx: WorkspaceContext): Promise<Audience> {
  return audienceOf(ctx.actor, await readAudiences(ctx));
}

/** The same for everybody at once. */
export async function readAudiences({
  sql,
  workspaceId,
}: Pick<WorkspaceContext, "sql" | "workspaceId">): Promise<Audiences> {
  const [[workspace], agents] = await Promise.all([
    sql<{ settings: unknown }[]>`
      select settings from workspaces where workspace_id = ${workspaceId}`,
    sql<AgentAccessRow[]>`
      select a.id, a.access as mode, a.owner_id,
        array(select x.user_id::text from agent_allowed_members x
          where x.workspace_id = a.workspace_id and x.agent_id = a.id) as allowed_member_ids
      from agents a where a.workspace_id = ${workspaceId}`,
  ]);
  const settings = WorkspaceSettings.parse(workspace?.settings ?? {});
  return { agents, stallAfterMs: settings.stallAfterMinutes * 60_000 };
}

export function audienceOf(actor: Actor, { agents, stallAfterMs }: Audiences): Audience {
  const open = agents.filter((agent) => isInAudience(actor, agent));
  return { agentIds: open.map(({ id }) => id), stallAfterMs };
}

function isInAudience(actor: Actor, agent: AgentAccessRow): boolean {
  if (actor.kind === "system" || actor.kind === "daemon") return true;
  if (actor.kind === "agent" && actor.agentId === agent.id) return true;
  const userId = effectiveUserId(actor);
  return maySeeRuns(agent, userId === null ? null : { userId, role: actor.role });
}
