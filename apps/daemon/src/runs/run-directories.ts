import { mkdir, readdir, readFile, realpath, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { DirectoryMode } from "@headcount/contract/projects/directory";
import { z } from "zod";
import { isMissing, writeFileAtomically } from "../state/atomic-file.ts";

/** A folder of a person's that a run works in, or beside. */
export type LocalPlace = {
  readonly mode: DirectoryMode;
  /** Canonical path. */
  readonly path: string;
};

/** Folders of one (agent, issue) on this machine. */
export type RunDirectories = {
  readonly root: string;
  /** Where the agent works: a folder of the root, or a person's. */
  readonly work: string;
  /** What checkouts of repositories go into. */
  readonly checkouts: string;
  readonly output: string;
  readonly logs: string;
  /** Private home of CLIs that get one. */
  readonly home: string;
};

/** Whose folder it is; written before anything else is put into it. */
export const DirectoryOwner = z.object({
  workspaceId: z.uuid(),
  agentId: z.uuid(),
  issueId: z.uuid(),
  /** The task that the folder was made for. */
  taskId: z.uuid(),
  /** Folder of a person's that the work is done in or beside. */
  directory: z
    .object({ mode: z.enum(["in_place", "worktree"]), path: z.string() })
    .nullable()
    .default(null),
});
export type DirectoryOwner = z.infer<typeof DirectoryOwner>;

/** What the last run left behind; written last, so that a folder without it is unfinished. */
export const DirectoryMeta = z.object({
  ...DirectoryOwner.shape,
  lastTaskId: z.uuid(),
  cli: z.string(),
  branch: z.string().nullable(),
  repositories: z.array(z.string()),
  endedAt: z.string(),
});
export type DirectoryMeta = z.infer<typeof DirectoryMeta>;

const ownerFile = ".owner.json";
const metaFile = ".meta.json";

export const ownerFileOf = (root: string): string => path.join(root, ownerFile);
export const metaFileOf = (root: string): string => path.join(root, metaFile);

/** The random end of a task's id: its start is a time that neighbours share. */
export function shortTaskId(taskId: string): string {
  return taskId.replaceAll("-", "").slice(-12);
}

/** Name of a run's temporary folder. */
export function temporaryName(task: Pick<ClaimedTask, "taskId" | "lease">): string {
  return `${shortTaskId(task.taskId)}-${task.lease}`;
}

export function directoriesAt(root: string, place: LocalPlace | null = null): RunDirectories {
  const own = path.join(root, "workdir");
  return {
    root,
    work: place?.mode === "in_place" ? place.path : own,
    checkouts: place === null ? own : path.join(root, "checkouts"),
    output: path.join(root, "output"),
    logs: path.join(root, "logs"),
    home: path.join(root, "home"),
  };
}

/**
 * Picks the folder of a run without making it: the earlier one of the same agent and issue where
 * it is still there, provably theirs and for work in the same place, else a new one named after the
 * task.
 */
export async function chooseDirectories(
  workRoot: string,
  task: ClaimedTask,
  place: LocalPlace | null,
): Promise<RunDirectories> {
  for (const root of await earlierRoots(workRoot, task)) {
    if (await isRootOf(root, task, place)) return directoriesAt(root, place);
  }
  const root = path.join(workRoot, task.workspaceId, shortTaskId(task.taskId));
  return directoriesAt(root, place);
}

/** The one that the server names, then all of the workspace: work in place leads to no root. */
async function earlierRoots(workRoot: string, task: ClaimedTask): Promise<readonly string[]> {
  const workspace = path.join(path.resolve(workRoot), task.workspaceId);
  const named = [task.resume?.workDirectory, task.reuseWorkDirectory]
    .filter((directory) => directory !== undefined && directory !== null)
    .map((directory) => path.dirname(path.resolve(directory)))
    .filter((root) => path.dirname(root) === workspace);
  if (task.directory === null) return named;
  const entries = await readdir(workspace, { withFileTypes: true }).catch(() => []);
  const all = entries.filter((entry) => entry.isDirectory());
  return [...named, ...all.map((entry) => path.join(workspace, entry.name))];
}

async function isRootOf(
  root: string,
  task: ClaimedTask,
  place: LocalPlace | null,
): Promise<boolean> {
  const owner = await readOwner(root);
  return (
    owner !== null &&
    owner.workspaceId === task.workspaceId &&
    owner.agentId === task.agent.id &&
    owner.issueId === task.issue.id &&
    owner.directory?.mode === place?.mode &&
    owner.directory?.path === place?.path
  );
}

export async function makeDirectories(
  directories: RunDirectories,
  task: ClaimedTask,
  place: LocalPlace | null,
): Promise<void> {
  for (const folder of [directories.root, directories.output, directories.logs, directories.home]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  if ((await readOwner(directories.root)) !== null) return;
  const owner: DirectoryOwner = {
    workspaceId: task.workspaceId,
    agentId: task.agent.id,
    issueId: task.issue.id,
    taskId: task.taskId,
    directory: place,
  };
  await writeFileAtomically(path.join(directories.root, ownerFile), JSON.stringify(owner));
}

/** A folder that is being changed is unfinished until its description is written again. */
export async function removeMeta(root: string): Promise<void> {
  await rm(path.join(root, metaFile), { force: true });
}

export async function writeMeta(root: string, meta: DirectoryMeta): Promise<void> {
  await writeFileAtomically(path.join(root, metaFile), JSON.stringify(meta));
}

export function readMeta(root: string): Promise<DirectoryMeta | null> {
  return readJson(path.join(root, metaFile), DirectoryMeta);
}

export function readOwner(root: string): Promise<DirectoryOwner | null> {
  return readJson(path.join(root, ownerFile), DirectoryOwner);
}

/** Null for a missing file and for one that does not say what it should. */
async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const parsed = z.string().transform(parseJsonOrNull).pipe(schema).safeParse(text);
  return parsed.success ? parsed.data : null;
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A path as people see it: their home is `~`. */
export async function displayPath(directory: string): Promise<string> {
  const home = homedir();
  const real = await realpath(directory).catch(() => directory);
  for (const base of [home, await realpath(home).catch(() => home)]) {
    if (real === base || real.startsWith(`${base}${path.sep}`))
      return `~${real.slice(base.length)}`;
  }
  return real;
}
