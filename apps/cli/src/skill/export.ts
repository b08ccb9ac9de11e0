import { writeFile } from "node:fs/promises";
import path from "node:path";
import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findSkill } from "../find/find-skill.ts";
import { formatBytes } from "../output/format-bytes.ts";
import { skillArgument } from "./skill-words.ts";

export const skillExport = defineCommand({
  name: "skill export",
  summary: "Write a skill into a zip file",
  route: "skills.export",
  format: "table",
  arguments: { skill: skillArgument },
  options: { to: { value: "PATH", summary: "file to write; named after the skill unless stated" } },
  async run(cli, { argumentValues, options }) {
    const { id } = await findSkill(cli, argumentValues.skill);
    const workspace = await cli.workspace();
    const { fileName, data } = await cli.call("skills.export", { workspace, skillId: id });
    const file = path.resolve(cli.io.workDirectory, options.to ?? fileName);
    const bytes = Buffer.from(data, "base64");
    await writeNew(file, bytes);
    return { file, sizeBytes: bytes.length };
  },
  print({ file, sizeBytes }, printer) {
    printer.line(`Written: ${file} (${formatBytes(sizeBytes)}).`);
  },
});

async function writeNew(file: string, bytes: Buffer): Promise<void> {
  try {
    await writeFile(file, bytes, { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    const what = error.code === "EEXIST" ? "is there already" : "cannot be written";
    throw invalidUse(`${file} ${what}.`, "Name another file with --to.");
  }
}
