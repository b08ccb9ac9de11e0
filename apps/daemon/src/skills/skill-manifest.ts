import { rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { readFileIfThere, writeFileAtomically } from "../state/atomic-file.ts";

/** What of the skills in a work directory is ours. Written before any of it is made. */
export const SkillManifest = z.object({
  folders: z.array(z.object({ path: z.string(), hash: z.string(), files: z.array(z.string()) })),
  /** Folders above them that were not there before, outermost first. */
  madeFolders: z.array(z.string()),
});
export type SkillManifest = z.infer<typeof SkillManifest>;

const manifestOf = (root: string): string => path.join(root, ".skills.json");

export async function readSkillManifest(root: string): Promise<SkillManifest | null> {
  const text = await readFileIfThere(manifestOf(root));
  return text === null ? null : SkillManifest.parse(JSON.parse(text));
}

export async function writeSkillManifest(root: string, manifest: SkillManifest): Promise<void> {
  await writeFileAtomically(manifestOf(root), JSON.stringify(manifest));
}

export async function removeSkillManifest(root: string): Promise<void> {
  await rm(manifestOf(root), { force: true });
}
