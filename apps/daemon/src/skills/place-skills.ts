import { mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { ClaimedSkill } from "@headcount/contract/daemon/schemas";
import type { SkillBundle } from "@headcount/contract/skills/schemas";
import type { PlacedSkill } from "@headcount/domain/briefs/render-skills";
import { folderNames } from "@headcount/domain/skills/folder-names";
import { isMissing } from "../state/atomic-file.ts";
import {
  filesOfFolder,
  isOurFolder,
  removeIfEmpty,
  removeSkillFolder,
  writeSkillFolder,
} from "./skill-folder.ts";
import { readSkillManifest, removeSkillManifest, writeSkillManifest } from "./skill-manifest.ts";
import { skillsBase, type SkillsPlace } from "./skills-base.ts";

/** A skill with the files that it has. */
export type FetchedSkill = { readonly skill: ClaimedSkill; readonly bundle: SkillBundle };

/**
 * Puts skills where the CLI looks for them. What an earlier run had put there goes first; folders
 * of the repository or of a person stay, and a skill of the same name gets a number behind its.
 * The caller holds the lock of the directory.
 */
export async function placeSkills(
  place: SkillsPlace,
  skills: readonly FetchedSkill[],
): Promise<readonly PlacedSkill[]> {
  const { root, work } = place.directories;
  await removeSkills(root);
  if (skills.length === 0) return [];
  const base = await skillsBase(place);
  const names = folderNames(skills.map(keyed), await foreignNames(base));
  const folders = skills.map(({ skill, bundle }, index) => ({
    path: path.join(base, names[index] ?? skill.hash),
    hash: skill.hash,
    files: [...filesOfFolder(bundle)],
    skill,
    bundle,
  }));
  await writeSkillManifest(root, {
    folders: folders.map(({ path: folder, hash, files }) => ({ path: folder, hash, files })),
    madeFolders: await missingFolders(base),
  });
  await mkdir(base, { recursive: true });
  for (const folder of folders) await writeSkillFolder(folder.path, folder.bundle);
  return folders.map(({ path: folder, skill }) => ({
    name: path.basename(folder),
    description: skill.description,
    document: path.join(readablePath(folder, work), "SKILL.md"),
  }));
}

/** Takes everything away again that {@link placeSkills} has put there, and nothing else. */
export async function removeSkills(root: string): Promise<void> {
  const manifest = await readSkillManifest(root);
  if (manifest === null) return;
  for (const folder of manifest.folders) await removeSkillFolder(folder.path);
  for (const folder of manifest.madeFolders.toReversed()) await removeIfEmpty(folder);
  await removeSkillManifest(root);
}

const keyed = ({ skill }: FetchedSkill): { name: string; key: string } => ({
  name: skill.name,
  key: skill.id ?? skill.hash,
});

/** Names in the folder that are not ours. Ours without a manifest are left from a lost root. */
async function foreignNames(base: string): Promise<readonly string[]> {
  const names = await readdir(base).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const foreign: string[] = [];
  for (const name of names) {
    const folder = path.join(base, name);
    if (await isOurFolder(folder)) await removeSkillFolder(folder);
    else foreign.push(name);
  }
  return foreign;
}

async function missingFolders(base: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = base; !(await isThere(folder)); folder = path.dirname(folder)) {
    missing.unshift(folder);
  }
  return missing;
}

async function isThere(folder: string): Promise<boolean> {
  try {
    await stat(folder);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** As the agent writes it down: relative where it works, absolute elsewhere. */
function readablePath(folder: string, work: string): string {
  const relative = path.relative(work, folder);
  return relative.startsWith("..") || path.isAbsolute(relative) ? folder : relative;
}
