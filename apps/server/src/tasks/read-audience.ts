import type { AgentId } from "@headcount/contract/kit/ids";
import type { AgentAccessMode } from "@headcount/contract/agents/schemas";
import { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import { maySeeRuns } from "@headcount/domain/agents/may-see";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";

export type Audience = {
  /** Agents whose runs the context's actor may see in full. */
  readonly agentIds: readonly AgentId[];
  readonly stallAfterMs: number;
};

type AccessRow = {
  id: AgentId;
  mode: AgentAccessMode;
  ownerId: string;
  allowedMemberIds: string[];
};

/** Which agents' runs the context's actor may see. The platform itself sees all. */
export async function readAudience(ctx: WorkspaceContext): Promise<Audience> {
  const [workspace] = await ctx.sql<{ settings: unknown }[]>`
    select settings from workspaces where workspace_id = ${ctx.workspaceId}`;
  const rows = await ctx.sql<AccessRow[]>`
    select a.id, a.access as mode, a.owner_id, array(select x.user_id from agent_allowed_members x
      where x.workspace_id = a.workspace_id and x.agent_id = a.id) as allowed_member_ids
    from agents a where a.workspace_id = ${ctx.workspaceId}`;
  const settings = WorkspaceSettings.parse(workspace?.settings ?? {});
  return {
    agentIds: rows.filter((row) => isInAudience(ctx, row)).map((row) => row.id),
    stallAfterMs: settings.stallAfterMinutes * 60_000,
  };
}

function isInAudience(ctx: WorkspaceContext, agent: AccessRow): boolean {
  const { actor } = ctx;
  if (actor.kind === "system" || actor.kind === "daemon") return true;
  if (actor.kind === "agent" && actor.agentId === agent.id) return true;
  const userId = effectiveUserId(actor);
  return maySeeRuns(agent, userId === null ? null : { userId, role: actor.role });
}
