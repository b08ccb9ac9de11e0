import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { z } from "zod";
import { isMissing, readFileIfThere, writeFileAtomically } from "../state/atomic-file.ts";
import { git } from "./git.ts";
import type { RepositoryCache } from "./repository-cache.ts";
import { shortTaskId, type RunDirectories } from "./run-directories.ts";

/** Address of each repository that was checked out completely, and its folder below the root. */
const FinishedCheckouts = z.record(z.string(), z.string());

/** A folder of one (agent, issue) and where its checkouts come from. */
export type CheckoutPlace = {
  readonly repositories: RepositoryCache;
  readonly task: ClaimedTask;
  readonly directories: RunDirectories;
  /** Of the CLI: where its checkouts have their git data; shared with the cache unless stated. */
  readonly gitData?: "shared" | "own" | undefined;
  readonly signal: AbortSignal;
  /** How long a checkout waits for others of the same repository; as long as it takes if absent. */
  readonly waitMs?: number;
};

export type Checkout = { readonly directory: string; readonly branch: string };

/**
 * Brings every repository of the task into its work directory: a single one is the work directory
 * itself, several are folders in it. What an earlier run left there stays.
 *
 * @returns the branch of the first checkout; null without a repository
 */
export async function checkOutRepositories(place: CheckoutPlace): Promise<string | null> {
  await mkdir(place.directories.checkouts, { recursive: true, mode: 0o700 });
  const isSingle = place.task.repositories.length === 1;
  let first: string | null = null;
  for (const { url, ref } of place.task.repositories) {
    const where = isSingle ? "as-work-directory" : "inside";
    const { branch } = await checkOutRepository(place, { url, ref, where });
    first ??= branch;
  }
  return first;
}

/** Folders of all checkouts below a root, those of earlier runs included. */
export async function listCheckouts(root: string): Promise<readonly string[]> {
  const finished = await readFinished(root);
  return Object.values(finished).map((name) => path.join(root, name));
}

/** Addresses of all repositories that were checked out below a root, with their folders. */
export async function checkoutsByUrl(root: string): Promise<Readonly<Record<string, string>>> {
  const finished = Object.entries(await readFinished(root));
  return Object.fromEntries(finished.map(([url, name]) => [url, path.join(root, name)]));
}

/**
 * Checks one repository out, unless an earlier call or run has done so. Calls for one root come one
 * after the other.
 *
 * @throws GitError
 * @throws LockBusy
 */
export async function checkOutRepository(
  { repositories, task, directories, gitData = "shared", signal, waitMs }: CheckoutPlace,
  wanted: {
    readonly url: string;
    readonly ref: string | null;
    readonly where: "as-work-directory" | "inside";
  },
): Promise<Checkout> {
  const { url, ref } = wanted;
  const finished = await readFinished(directories.root);
  const branch = branchOf(task);
  const known = finished[url];
  await mkdir(directories.checkouts, { recursive: true, mode: 0o700 });
  const name = known ?? (await freeFolder(directories, { ...wanted, finished }));
  const directory = path.join(directories.root, name);
  if (known === undefined) {
    const request = { workspaceId: task.workspaceId, url, ref, branch, directory, gitData };
    await repositories.addWorktree(request, {
      signal,
      ...(waitMs === undefined ? {} : { waitMs }),
    });
    const list = JSON.stringify({ ...finished, [url]: name });
    await writeFileAtomically(listFileOf(directories.root), list);
  }
  const current = await git(directory, ["symbolic-ref", "--short", "HEAD"]).catch(() => branch);
  return { directory, branch: current };
}

const listFileOf = (root: string): string => path.join(root, ".checkouts.json");

async function readFinished(root: string): Promise<Readonly<Record<string, string>>> {
  return FinishedCheckouts.parse(JSON.parse((await readFileIfThere(listFileOf(root))) ?? "{}"));
}

/** Commits of a run stay on a branch that is named after its agent and task. */
export function branchOf(task: ClaimedTask): string {
  return `agent/${slugOf(task.agent.name)}/${shortTaskId(task.taskId)}`;
}

/**
 * A folder for a new checkout, relative to the root. A half-made checkout in its place is removed;
 * files of an agent that worked here without a repository are not, the checkout goes beside them.
 */
async function freeFolder(
  directories: RunDirectories,
  wanted: {
    readonly url: string;
    readonly where: "as-work-directory" | "inside";
    readonly finished: Readonly<Record<string, string>>;
  },
): Promise<string> {
  const folder = path.relative(directories.root, directories.checkouts);
  const hasFiles = (await readdir(directories.checkouts)).length > 0;
  const isTaken = Object.values(wanted.finished).includes(folder);
  const isHalfMade = !isTaken && (await isWorktree(directories.checkouts));
  if (wanted.where === "as-work-directory" && (!hasFiles || isHalfMade)) {
    if (isHalfMade) await rm(directories.checkouts, { recursive: true, force: true });
    return folder;
  }
  const name = path.join(folder, folderName(wanted.url));
  await rm(path.join(directories.root, name), { recursive: true, force: true });
  return name;
}

/** A worktree has a file `.git` that leads to the cache; a repository that an agent made, a folder. */
async function isWorktree(directory: string): Promise<boolean> {
  try {
    return (await stat(path.join(directory, ".git"))).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function folderName(url: string): string {
  const name = path.basename(url).replace(/\.git$/, "");
  const clean = name.replaceAll(/[^\w.-]/g, "_").replace(/^\.+/, "");
  return clean === "" ? "repository" : clean;
}

function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40);
  return slug === "" ? "agent" : slug;
}
