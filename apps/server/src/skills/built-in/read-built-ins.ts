import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ClaimedSkill } from "@headcount/contract/daemon/schemas";
import type { BuiltInSkill } from "@headcount/contract/skills/schemas";
import { splitFrontMatter } from "../front-matter.ts";
import { makeBundle, toFileContent } from "../make-bundle.ts";
import type { StoredFile } from "../store.ts";

/** A skill that comes with the product, in every form that is asked for. */
export type BuiltIn = {
  readonly claimed: ClaimedSkill;
  readonly shown: BuiltInSkill;
  readonly body: string;
};

const folder = path.join(import.meta.dirname, "headcount");

let reading: Promise<readonly BuiltIn[]> | null = null;

/** Read once from the files beside this one. */
export function readBuiltIns(): Promise<readonly BuiltIn[]> {
  reading ??= readFolder().then((builtIn) => [builtIn]);
  return reading;
}

async function readFolder(): Promise<BuiltIn> {
  const document = splitFrontMatter(await readFile(path.join(folder, "SKILL.md"), "utf8"));
  const { name, description, frontMatter, instructions } = document;
  if (name === null || description === null)
    throw new Error("The skill of the product has no name");
  const references = path.join(folder, "references");
  const files = await Promise.all(
    (await readdir(references)).toSorted().map(
      async (file): Promise<StoredFile> => ({
        path: `references/${file}`,
        content: await readFile(path.join(references, file)),
        executable: false,
      }),
    ),
  );
  const { hash, body, bundleBytes } = makeBundle(
    { name, description, frontMatter, instructions },
    files,
  );
  return {
    claimed: { id: null, name, description, hash, sizeBytes: bundleBytes },
    shown: {
      name,
      description,
      hash,
      sizeBytes: bundleBytes,
      instructions,
      files: files.map(toFileContent),
    },
    body,
  };
}
