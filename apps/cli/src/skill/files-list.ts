import { defineCommand } from "../command.ts";
import { findSkill } from "../find/find-skill.ts";
import { formatBytes } from "../output/format-bytes.ts";
import { skillArgument } from "./skill-words.ts";

export const skillFilesList = defineCommand({
  name: "skill files list",
  summary: "List the files of a skill",
  route: "skills.get",
  format: "table",
  arguments: { skill: skillArgument },
  async run(cli, { argumentValues }) {
    const { id } = await findSkill(cli, argumentValues.skill);
    const skill = await cli.call("skills.get", { workspace: await cli.workspace(), skillId: id });
    const document = {
      path: "SKILL.md",
      sizeBytes: Buffer.byteLength(skill.instructions),
      executable: false,
    };
    return { items: [document, ...skill.files] };
  },
  print({ items }, printer) {
    printer.table(items, [
      { title: "PATH", value: (file) => file.path },
      { title: "SIZE", value: (file) => formatBytes(file.sizeBytes), align: "right" },
      { title: "RUNS", value: (file) => (file.executable ? "yes" : "") },
    ]);
  },
});
