import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import { renderSkillDocument } from "@headcount/domain/skills/render-skill-document";
import type { SkillFields, StoredFile } from "../store.ts";

/** A zip file with the skill in one folder. Its bytes depend on nothing but the arguments. */
export function writeArchive(
  skill: Pick<SkillFields, "description" | "frontMatter" | "instructions">,
  files: readonly StoredFile[],
  place: { readonly folder: string; readonly changedAt: Date },
): Promise<Buffer> {
  const zip = new ZipFile();
  const { folder, changedAt: mtime } = place;
  const document = Buffer.from(renderSkillDocument(skill, folder), "utf8");
  zip.addBuffer(document, `${folder}/SKILL.md`, { mtime, mode: 0o100644 });
  for (const file of files) {
    const mode = file.executable ? 0o100755 : 0o100644;
    zip.addBuffer(file.content, `${folder}/${file.path}`, { mtime, mode });
  }
  zip.end();
  return buffer(zip.outputStream);
}
