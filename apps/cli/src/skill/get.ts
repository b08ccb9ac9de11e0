import { defineCommand } from "../command.ts";
import { findSkill } from "../find/find-skill.ts";
import { printSkill, skillArgument } from "./skill-words.ts";

export const skillGet = defineCommand({
  name: "skill get",
  summary: "Show one skill with its instructions",
  route: "skills.get",
  arguments: { skill: skillArgument },
  async run(cli, { argumentValues }) {
    const { id } = await findSkill(cli, argumentValues.skill);
    return cli.call("skills.get", { workspace: await cli.workspace(), skillId: id });
  },
  print: printSkill,
});
