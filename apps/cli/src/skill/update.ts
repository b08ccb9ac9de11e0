import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findSkill } from "../find/find-skill.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";
import { printSkill, skillArgument } from "./skill-words.ts";

export const skillUpdate = defineCommand({
  name: "skill update",
  summary: "Change a skill; what is not named stays",
  route: "skills.update",
  arguments: { skill: skillArgument },
  options: {
    name: { value: "NAME", summary: "new name" },
    description: { value: "TEXT", summary: "new description" },
    ...longTextOptions("content", "new text of SKILL.md"),
    label: { value: "LABEL", multiple: true, summary: "labels in the place of the old ones" },
    withoutLabels: { summary: "take all labels away" },
  },
  async run(cli, { argumentValues, options }) {
    const { id } = await findSkill(cli, argumentValues.skill);
    const instructions = await readLongText(cli, "content", options);
    const labels = options.withoutLabels ? [] : options.label;
    const changes = {
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.description === undefined ? {} : { description: options.description }),
      ...(instructions === undefined ? {} : { instructions }),
      ...(labels === undefined ? {} : { labels: [...labels] }),
    };
    if (Object.keys(changes).length === 0) {
      throw invalidUse("Nothing to change was named.", "See `headcount skill update --help`.");
    }
    return cli.call("skills.update", {
      workspace: await cli.workspace(),
      skillId: id,
      ...changes,
    });
  },
  print: printSkill,
});
