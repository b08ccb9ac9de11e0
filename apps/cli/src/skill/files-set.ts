import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findSkill } from "../find/find-skill.ts";
import { longTextOptions, readAllowedFile, readLongText } from "../input/long-text.ts";
import { fileArgument, printSkill, skillArgument } from "./skill-words.ts";

export const skillFilesSet = defineCommand({
  name: "skill files set",
  summary: "Write one file of a skill",
  route: "skill-files.write",
  arguments: { skill: skillArgument, path: fileArgument },
  options: {
    ...longTextOptions("content", "text of the file"),
    file: { value: "PATH", summary: "file to take the bytes of, whatever they are" },
    executable: { summary: "agents may run it as a program" },
  },
  examples: ["headcount skill files set Review scripts/check.sh --file check.sh --executable"],
  async run(cli, { argumentValues, options }) {
    const { id } = await findSkill(cli, argumentValues.skill);
    const text = await readLongText(cli, "content", options);
    if ((text === undefined) === (options.file === undefined)) {
      throw invalidUse("Use one of --file and the --content flags.");
    }
    const content =
      text === undefined
        ? {
            content: (await readAllowedFile(cli, options.file ?? "")).toString("base64"),
            encoding: "base64" as const,
          }
        : { content: text, encoding: "utf8" as const };
    return cli.call("skill-files.write", {
      workspace: await cli.workspace(),
      skillId: id,
      path: argumentValues.path,
      ...content,
      executable: options.executable === true,
    });
  },
  print: printSkill,
});
