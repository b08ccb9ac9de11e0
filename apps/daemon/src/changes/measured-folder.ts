import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { copyIndex } from "../local-directory/copy-index.ts";
import { git, GitError } from "../runs/git.ts";
import { isMissing } from "../state/atomic-file.ts";
import { uncountedFolders } from "./uncounted-path.ts";

/** A folder that is compared with itself at another time. */
export const MeasuredFolder = z.object({
  directory: z.string(),
  /** Takes index and objects: neither the folder nor its repository is written to. */
  store: z.string(),
  /** Measures a folder that is no checkout; null for one that is. */
  ownRepository: z.string().nullable(),
});
export type MeasuredFolder = z.infer<typeof MeasuredFolder>;

/** Runs git on what is measured. */
export type MeasuringGit = (parts: readonly string[]) => Promise<string>;

export async function openMeasuredFolder(
  directory: string,
  store: string,
): Promise<MeasuredFolder> {
  await rm(store, { recursive: true, force: true });
  await mkdir(path.join(store, "objects"), { recursive: true, mode: 0o700 });
  if (await exists(path.join(directory, ".git"))) return { directory, store, ownRepository: null };
  const ownRepository = path.join(store, "repository");
  await makeBareRepository(ownRepository);
  return { directory, store, ownRepository };
}

/** What git asks of a repository at least, without starting it: gitrepository-layout(5). */
async function makeBareRepository(folder: string): Promise<void> {
  for (const name of ["objects", "refs"]) await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, "HEAD"), "ref: refs/heads/main\n");
  const config = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";
  await writeFile(path.join(folder, "config"), config);
}

/**
 * Git with the folder's private index and objects; those of its repository are read.
 *
 * @throws GitError when there is no git
 */
export async function measuringGit(
  { directory, store, ownRepository }: MeasuredFolder,
  signal: AbortSignal,
): Promise<MeasuringGit> {
  const index = path.join(store, "index");
  const own = { GIT_INDEX_FILE: index, GIT_OBJECT_DIRECTORY: path.join(store, "objects") };
  if (ownRepository !== null) {
    const environment = { ...own, GIT_DIR: ownRepository, GIT_WORK_TREE: directory };
    return (parts) => git(directory, parts, signal, environment);
  }
  const asked = ["rev-parse", "--git-path", "index", "--git-path", "objects"];
  const [theirIndex = "", objects = ""] = (await git(directory, asked, signal)).split("\n");
  await copyOrRemove(path.resolve(directory, theirIndex), index);
  const environment = {
    ...own,
    // A list with colons between its places, unless they are quoted: git(1).
    GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(path.resolve(directory, objects)),
  };
  return (parts) => git(directory, parts, signal, environment);
}

/** A copy of the repository's own index spares reading files that have not changed. */
async function copyOrRemove(from: string, to: string): Promise<void> {
  try {
    await copyIndex(from, to);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await rm(to, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const everythingCounted: readonly string[] = [
  ".",
  ...uncountedFolders.map((name) => `:(exclude,glob)**/${name}/**`),
];

/** Files that no one may read, and repositories without a commit, are left out by `git add`. */
const leftOut = /does not have a commit checked out|Permission denied/;

/**
 * Writes down how all files are now: committed, uncommitted and untracked, without ignored ones.
 *
 * @returns name of the tree
 */
export async function snapshot(run: MeasuringGit): Promise<string> {
  const settings = ["advice.addEmbeddedRepo=false", "core.fsmonitor=false", "core.safecrlf=false"];
  const quietly = settings.flatMap((setting) => ["-c", setting]);
  const add = [...quietly, "add", "--all", "--ignore-errors", "--", ...everythingCounted];
  await run(add).catch((error: unknown) => {
    if (!(error instanceof GitError) || !leftOut.test(error.message)) throw error;
  });
  return run(["write-tree"]);
}
