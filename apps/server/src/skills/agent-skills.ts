import type { AgentId } from "@headcount/contract/kit/ids";
import { agentSkills } from "@headcount/contract/skills/routes";
import type { AgentSkill } from "@headcount/contract/skills/schemas";
import { lockAgent } from "../agents/lock-agent.ts";
import { getVisibleRow } from "../agents/read-agents.ts";
import { AppError, notFound } from "../platform/app-error.ts";
import { command, query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitSkillsOf } from "./emit-skills-of.ts";
import { deleteBinding, upsertBinding } from "./store.ts";

/** All of them travel with every claim of the agent. */
const mostSkills = 100;

export const listAgentSkills = query(agentSkills.list, async (ctx, input) => {
  const agent = await getVisibleRow(ctx, input.agentId);
  return { items: await readAgentSkills(ctx, agent.id) };
});

export const bindSkill = command(agentSkills.bind, async (ctx, input) => {
  const agent = await lockAgent(ctx, input.agentId, "agent.edit");
  const { skillId, enabled } = input;
  const [skill] = await ctx.sql`
    select 1 from skills where workspace_id = ${ctx.workspaceId} and id = ${skillId} for share`;
  if (!skill) throw notFound("skill");
  const isChange = await upsertBinding(ctx, { agentId: agent.id, skillId, enabled });
  const items = await readAgentSkills(ctx, agent.id);
  if (items.length > mostSkills) {
    throw new AppError("invalid", `An agent may have ${mostSkills} skills; take one away first.`, {
      reason: "skill.too_many",
    });
  }
  if (isChange) await emitSkillsOf(ctx, [agent.id]);
  return { items };
});

export const unbindSkill = command(agentSkills.unbind, async (ctx, input) => {
  const agent = await lockAgent(ctx, input.agentId, "agent.edit");
  const { skillId } = input;
  if (!(await deleteBinding(ctx, { agentId: agent.id, skillId }))) throw notFound("skill");
  await emitSkillsOf(ctx, [agent.id]);
  return { items: await readAgentSkills(ctx, agent.id) };
});

function readAgentSkills(ctx: WorkspaceContext, agentId: AgentId): Promise<AgentSkill[]> {
  return ctx.sql<AgentSkill[]>`
    select s.id as skill_id, s.name, s.description, s.bundle_hash as hash, b.enabled
    from agent_skills b
    join skills s on s.workspace_id = b.workspace_id and s.id = b.skill_id
    where b.workspace_id = ${ctx.workspaceId} and b.agent_id = ${agentId} order by s.name_key`;
}
