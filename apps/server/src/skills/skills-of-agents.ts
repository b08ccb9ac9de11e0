import type { ClaimedSkill } from "@headcount/contract/daemon/schemas";
import type { AgentId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { readBuiltIns } from "./built-in/read-built-ins.ts";

/** What runs of an agent are given: what comes with the product, then its own by name. */
export type SkillsOf = (agentId: AgentId) => readonly ClaimedSkill[];

/** Skills of these agents, in one statement. */
export async function readSkillsOfAgents(
  ctx: WorkspaceContext,
  agentIds: readonly AgentId[],
): Promise<SkillsOf> {
  const rows = await ctx.sql<(ClaimedSkill & { agentId: AgentId })[]>`
    select b.agent_id, s.id, s.name, s.description, s.bundle_hash as hash,
      s.bundle_bytes as size_bytes
    from agent_skills b
    join skills s on s.workspace_id = b.workspace_id and s.id = b.skill_id
    where b.workspace_id = ${ctx.workspaceId} and b.agent_id = any(${[...agentIds]}::uuid[])
      and b.enabled
    order by s.name_key`;
  const builtIns = (await readBuiltIns()).map(({ claimed }) => claimed);
  const ofAgents = Map.groupBy(rows, (row) => row.agentId);
  return (agentId) => [
    ...builtIns,
    ...(ofAgents.get(agentId) ?? []).map(({ id, name, description, hash, sizeBytes }) => ({
      id,
      name,
      description,
      hash,
      sizeBytes,
    })),
  ];
}
