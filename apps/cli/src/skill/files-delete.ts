import { defineCommand } from "../command.ts";
import { findSkill } from "../find/find-skill.ts";
import { fileArgument, skillArgument } from "./skill-words.ts";

export const skillFilesDelete = defineCommand({
  name: "skill files delete",
  summary: "Remove one file of a skill",
  route: "skill-files.remove",
  format: "table",
  arguments: { skill: skillArgument, path: fileArgument },
  async run(cli, { argumentValues }) {
    const { id, name } = await findSkill(cli, argumentValues.skill);
    await cli.confirm(`Remove ${argumentValues.path} from the skill ${name}?`);
    const workspace = await cli.workspace();
    await cli.call("skill-files.remove", { workspace, skillId: id, path: argumentValues.path });
    return { deleted: { skill: name, path: argumentValues.path } };
  },
  print({ deleted }, printer) {
    printer.line(`${deleted.path} was removed from ${deleted.skill}.`);
  },
});
