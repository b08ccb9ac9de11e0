import { skills } from "@headcount/contract/skills/routes";
import { command } from "../platform/command.ts";
import { emitSkillsOf } from "./emit-skills-of.ts";
import { lockSkill } from "./skill-rights.ts";
import { deleteSkillRows, pruneBundles } from "./store.ts";

/** Runs that are under way keep what they were given. */
export const deleteSkill = command(skills.delete, async (ctx, input) => {
  const skill = await lockSkill(ctx, input.skillId, "skill.delete");
  const agentIds = await deleteSkillRows(ctx, skill.id);
  await pruneBundles(ctx);
  ctx.emit({ type: "skill.deleted", entity: { kind: "skill", id: skill.id }, data: {} });
  await emitSkillsOf(ctx, agentIds);
  await ctx.audit({ action: "skill.deleted", target: skill.id, details: { name: skill.name } });
  return {};
});
