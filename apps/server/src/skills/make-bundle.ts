import { createHash } from "node:crypto";
import { isUtf8 } from "node:buffer";
import type { SkillBundle, SkillFileContent } from "@headcount/contract/skills/schemas";
import type { SkillFields, SkillSeal, StoredFile } from "./store.ts";

/** What a skill is made of, as one text and its hash: the same content gives the same bytes. */
export function makeBundle(
  skill: Pick<SkillFields, "name" | "description" | "frontMatter" | "instructions">,
  files: readonly StoredFile[],
): SkillSeal {
  const bundle: SkillBundle = {
    name: skill.name,
    description: skill.description,
    frontMatter: skill.frontMatter,
    instructions: skill.instructions,
    files: files.toSorted((one, other) => (one.path < other.path ? -1 : 1)).map(toFileContent),
  };
  const body = JSON.stringify(bundle);
  const content = files.reduce((sum, file) => sum + file.content.length, 0);
  return {
    hash: createHash("sha256").update(body).digest("hex"),
    body,
    bundleBytes: Buffer.byteLength(body),
    fileCount: files.length + 1,
    sizeBytes: content + Buffer.byteLength(skill.instructions),
  };
}

/** Text as it is where it is text. */
export function toFileContent({ path, executable, content }: StoredFile): SkillFileContent {
  const isText = isUtf8(content) && !content.includes(0);
  return isText
    ? { path, executable, encoding: "utf8", content: content.toString("utf8") }
    : { path, executable, encoding: "base64", content: content.toString("base64") };
}
