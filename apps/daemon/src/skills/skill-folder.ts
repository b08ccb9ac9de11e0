import { chmod, mkdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { SkillBundle } from "@headcount/contract/skills/schemas";
import { renderSkillDocument } from "@headcount/domain/skills/render-skill-document";
import { isMissing } from "../state/atomic-file.ts";

/**
 * Marks a folder as ours and keeps all of it, itself included, out of `git status` and of commits
 * (gitignore(5)), without touching a file that the repository or its other worktrees share.
 */
const markFile = ".gitignore";

const mark = (folder: string): string =>
  `# ${path.basename(folder)}: lent by Headcount for one run, removed after it.\n*\n`;

/** Files of a bundle as they will be named, the mark included. */
export function filesOfFolder(bundle: SkillBundle): readonly string[] {
  return [markFile, "SKILL.md", ...filesBeside(bundle).map(({ path: file }) => file)];
}

/** A skill's own list of ignored files would take the place of the mark. */
function filesBeside(bundle: SkillBundle): SkillBundle["files"] {
  return bundle.files.filter((file) => file.path !== markFile);
}

/**
 * Makes the folder of a skill. Nothing may be there yet.
 *
 * @throws when something is
 */
export async function writeSkillFolder(folder: string, bundle: SkillBundle): Promise<void> {
  await mkdir(folder);
  await writeFile(path.join(folder, markFile), mark(folder), { flag: "wx" });
  const document = renderSkillDocument(bundle, path.basename(folder));
  await writeFile(path.join(folder, "SKILL.md"), document, { flag: "wx" });
  for (const file of filesBeside(bundle)) {
    const target = path.join(folder, ...file.path.split("/"));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, Buffer.from(file.content, file.encoding), { flag: "wx" });
    if (file.executable) await chmod(target, 0o755);
  }
}

/** Whether the folder carries our mark under the very name that it was made with. */
export async function isOurFolder(folder: string): Promise<boolean> {
  try {
    return (await readFile(path.join(folder, markFile), "utf8")) === mark(folder);
  } catch (error) {
    if (isMissing(error) || isNoFolder(error)) return false;
    throw error;
  }
}

/** Removes a folder of ours, with whatever the run has left in it; one of somebody else stays. */
export async function removeSkillFolder(folder: string): Promise<void> {
  if (await isOurFolder(folder)) await rm(folder, { recursive: true, force: true });
  else await removeIfEmpty(folder);
}

/** A folder that something else has been put into is not ours to remove. */
export async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code !== "ENOENT" && code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOTDIR") {
      throw error;
    }
  }
}

function isNoFolder(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOTDIR";
}
