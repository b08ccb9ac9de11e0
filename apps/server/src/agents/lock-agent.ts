import type { AgentId } from "@headcount/contract/kit/ids";
import { type Capability, isAllowed } from "@headcount/domain/members/permissions";
import { humanRequired, roleRequired } from "../platform/authorise.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { AgentRow } from "./agent-rows.ts";
import { getVisibleRow } from "./read-agents.ts";

type AgentCapability = Extract<Capability, `agent.${string}`>;

/**
 * Locks an agent for a change that the caller may make.
 * @throws not_found when it is closed to the caller, forbidden when they see it but may not
 */
export async function lockAgent(
  ctx: WorkspaceContext,
  id: AgentId,
  capability: AgentCapability,
): Promise<AgentRow> {
  await ctx.sql`select 1 from agents where workspace_id = ${ctx.workspaceId} and id = ${id} for update`;
  return getAllowedRow(ctx, id, capability);
}

/** The same without a lock, for reading. */
export async function getAllowedRow(
  ctx: WorkspaceContext,
  id: AgentId,
  capability: AgentCapability,
): Promise<AgentRow> {
  const row = await getVisibleRow(ctx, id);
  if (ctx.actor.kind !== "member") throw humanRequired();
  const relation = row.ownerId === ctx.actor.userId ? "own" : "visible";
  if (isAllowed(ctx.actor.role, capability, relation)) return row;
  throw roleRequired(
    capability === "agent.set_access" ? "the agent's owner" : "the agent's owner or an admin",
  );
}
