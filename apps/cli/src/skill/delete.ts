import { defineCommand } from "../command.ts";
import { findSkill } from "../find/find-skill.ts";
import { skillArgument } from "./skill-words.ts";

export const skillDelete = defineCommand({
  name: "skill delete",
  summary: "Delete a skill and take it from every agent",
  route: "skills.delete",
  format: "table",
  arguments: { skill: skillArgument },
  async run(cli, { argumentValues }) {
    const { id, name, agentCount } = await findSkill(cli, argumentValues.skill);
    await cli.confirm(`Delete the skill ${name}, which ${agentCount} agents use?`);
    await cli.call("skills.delete", { workspace: await cli.workspace(), skillId: id });
    return { deleted: { id, name } };
  },
  print({ deleted }, printer) {
    printer.line(`${deleted.name} was deleted.`);
  },
});
