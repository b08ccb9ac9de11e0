import { lstat, mkdir, readdir, realpath, symlink } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import type { CliSpec, PrivateHome } from "@headcount/agent-drivers/core/cli-spec";
import type { RunDirectories } from "../runs/run-directories.ts";
import { isMissing } from "../state/atomic-file.ts";

export type SkillsPlace = {
  readonly spec: Pick<CliSpec, "context">;
  readonly directories: RunDirectories;
  /** Environment of the daemon, which says where the user's own homes are. */
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/**
 * The folder in which the CLI looks for skills. Where a link or a file of the repository is in the
 * way, it is a folder beside the work directory instead: writing through a link could reach the
 * person's own skills.
 */
export async function skillsBase(place: SkillsPlace): Promise<string> {
  const { context } = place.spec;
  if (context.skillsIn === "private-home" && context.privateHome !== undefined) {
    return privateBase(place, context.privateHome);
  }
  const { work, root } = place.directories;
  const isClear = await leadsInside(work, context.skillsDirectory.split("/"));
  return isClear ? path.join(work, context.skillsDirectory) : path.join(root, "skills");
}

/** Whether every part of the way that is there already is a real folder. */
async function leadsInside(from: string, parts: readonly string[]): Promise<boolean> {
  let folder = from;
  for (const part of parts) {
    folder = path.join(folder, part);
    try {
      if (!(await lstat(folder)).isDirectory()) return false;
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
  }
  return true;
}

/** A private home hides the user's own, so what is in that one is linked into it. */
async function privateBase(place: SkillsPlace, home: PrivateHome): Promise<string> {
  const { directories, environment, spec } = place;
  const own = environment[home.variable] ?? path.join(environment["HOME"] ?? homedir(), home.own);
  const folder = path.join(directories.home, home.folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { skillsDirectory } = spec.context;
  if (home.filledBy === "links") await linkAll(own, folder, [skillsDirectory]);
  const base = path.join(folder, skillsDirectory);
  await mkdir(base, { recursive: true });
  await linkAll(path.join(own, skillsDirectory), base, []);
  return base;
}

async function linkAll(from: string, to: string, except: readonly string[]): Promise<void> {
  const names = await readdir(from).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const there = new Set(await readdir(to));
  for (const name of names) {
    if (there.has(name) || except.includes(name)) continue;
    await symlink(await realpath(path.join(from, name)), path.join(to, name));
  }
}
