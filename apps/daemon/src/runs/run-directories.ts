import { mkdir, readFile, realpath, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { z } from "zod";
import { isMissing, writeFileAtomically } from "../state/atomic-file.ts";

/** Folders of one (agent, issue) on this machine. */
export type RunDirectories = {
  readonly root: string;
  /** Where the agent works. */
  readonly work: string;
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

/** The random end of a task's id: its start is a time that neighbours share. */
export function shortTaskId(taskId: string): string {
  return taskId.replaceAll("-", "").slice(-12);
}

export function directoriesAt(root: string): RunDirectories {
  return {
    root,
    work: path.join(root, "workdir"),
    output: path.join(root, "output"),
    logs: path.join(root, "logs"),
    home: path.join(root, "home"),
  };
}

/**
 * Picks the folder of a run without making it: the earlier one of the same agent and issue where
 * it is still there and provably theirs, else a new one named after the task.
 */
export async function chooseDirectories(
  workRoot: string,
  task: ClaimedTask,
): Promise<RunDirectories> {
  for (const earlier of [task.resume?.workDirectory, task.reuseWorkDirectory]) {
    if (!earlier) continue;
    const root = await earlierRoot(workRoot, task, earlier);
    if (root !== null) return directoriesAt(root);
  }
  return directoriesAt(path.join(workRoot, task.workspaceId, shortTaskId(task.taskId)));
}

async function earlierRoot(
  workRoot: string,
  task: ClaimedTask,
  workDirectory: string,
): Promise<string | null> {
  const root = path.dirname(path.resolve(workDirectory));
  if (path.dirname(path.dirname(root)) !== path.resolve(workRoot)) return null;
  const owner = await readOwner(root);
  if (owner === null) return null;
  const isSame =
    owner.workspaceId === task.workspaceId &&
    owner.agentId === task.agent.id &&
    owner.issueId === task.issue.id;
  return isSame ? root : null;
}

export async function makeDirectories(
  directories: RunDirectories,
  task: ClaimedTask,
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
