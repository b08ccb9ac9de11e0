import type { AgentId } from "@headcount/contract/kit/ids";
import { emitAgent } from "../agents/emit-agent.ts";
import type { WorkspaceContext } from "../platform/context.ts";

/** Says that these agents have other skills than before, to those who see them. */
export async function emitSkillsOf(
  ctx: WorkspaceContext,
  agentIds: readonly AgentId[],
): Promise<void> {
  if (agentIds.length === 0) return;
  const rows = await ctx.sql<{ id: AgentId; revision: number }[]>`
    select id, revision from agents
    where workspace_id = ${ctx.workspaceId} and id = any(${[...agentIds]}::uuid[]) order by id`;
  for (const row of rows) emitAgent(ctx, "agent.updated", row, ["skills"]);
}
