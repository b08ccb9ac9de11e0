import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isMissing } from "../state/atomic-file.ts";
import { isThere } from "../state/is-there.ts";
import { withBrief, withoutBrief } from "./brief-block.ts";
import { git } from "./git.ts";

export type InstalledBrief = {
  readonly options: Pick<ContextFileOptions, "directory" | "name" | "kind">;
  /** Takes the brief out again; the rest of the file, and whether it exists, is as the run left it. */
  restore(): Promise<void>;
};

export type ContextFileOptions = {
  readonly directory: string;
  /** `AGENTS.md`, `CLAUDE.md`, … */
  readonly name: string;
  readonly brief: string;
  /**
   * How the block is kept out of commits. `checkout`: Headcount made it, with data of its own.
   * `worktree`: Headcount made it, with data that a person uses as well. `person`: not at all, since
   * nothing that is theirs may be set.
   */
  readonly kind: "checkout" | "worktree" | "person" | "plain";
};

/** Puts the brief where the CLI looks for instructions. */
export async function installBrief(options: ContextFileOptions): Promise<InstalledBrief> {
  const file = path.join(options.directory, options.name);
  const brief = Buffer.from(options.brief, "utf8").toString("latin1");
  await hideFromCommits(options);
  const before = await readBytes(file);
  await writeFile(file, Buffer.from(withBrief(before, brief), "latin1"));
  return { options, restore: () => removeBrief(options) };
}

/** Takes a brief out of the file of a run, also of one that was cut off. */
export async function removeBrief(options: InstalledBrief["options"]): Promise<void> {
  const file = path.join(options.directory, options.name);
  if (!(await isThere(options.directory))) return;
  const now = await readBytes(file);
  const bare = now === null ? null : withoutBrief(now);
  if (bare === null) await rm(file, { force: true });
  else if (bare !== now) await writeFile(file, Buffer.from(bare, "latin1"));
  if (!hasOwnIndex(options) || !(await isTracked(options.directory, options.name))) return;
  await git(options.directory, ["update-index", "--no-skip-worktree", "--", options.name]);
}

/** A tracked file is marked as unchanged; an untracked one is left out of `git add`. */
async function hideFromCommits({ directory, name, kind }: ContextFileOptions): Promise<void> {
  if (!hasOwnIndex({ kind })) return;
  if (await isTracked(directory, name)) {
    await git(directory, ["update-index", "--skip-worktree", "--", name]);
    return;
  }
  // The list of what is left out belongs to all worktrees of a repository: gitrepository-layout(5).
  if (kind === "worktree") return;
  const relative = await git(directory, ["rev-parse", "--git-path", "info/exclude"]);
  const exclude = path.resolve(directory, relative);
  const line = `/${name}`;
  const lines = ((await readBytes(exclude)) ?? "").split("\n");
  if (lines.includes(line)) return;
  await mkdir(path.dirname(exclude), { recursive: true });
  await appendFile(exclude, `${line}\n`);
}

function hasOwnIndex({ kind }: Pick<ContextFileOptions, "kind">): boolean {
  return kind === "checkout" || kind === "worktree";
}

async function isTracked(directory: string, name: string): Promise<boolean> {
  return (await git(directory, ["ls-files", "--", name])) !== "";
}

async function readBytes(file: string): Promise<string | null> {
  try {
    return await readFile(file, "latin1");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
