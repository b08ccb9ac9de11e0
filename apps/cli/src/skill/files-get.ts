import { defineCommand } from "../command.ts";
import { findSkill } from "../find/find-skill.ts";
import { fileArgument, skillArgument } from "./skill-words.ts";

export const skillFilesGet = defineCommand({
  name: "skill files get",
  summary: "Print one file of a skill",
  details: "Anything that is not text is printed in base64 by --output json.",
  route: "skill-files.read",
  format: "table",
  arguments: { skill: skillArgument, path: fileArgument },
  async run(cli, { argumentValues }) {
    const { id } = await findSkill(cli, argumentValues.skill);
    const workspace = await cli.workspace();
    if (argumentValues.path.toLowerCase() !== "skill.md") {
      return cli.call("skill-files.read", { workspace, skillId: id, path: argumentValues.path });
    }
    const { instructions: content } = await cli.call("skills.get", { workspace, skillId: id });
    return { path: "SKILL.md", executable: false, encoding: "utf8" as const, content };
  },
  print({ encoding, content }, printer) {
    if (encoding === "base64") printer.hint("This file is no text; use --output json to get it.");
    else printer.line(content.replace(/\n$/, ""));
  },
});
