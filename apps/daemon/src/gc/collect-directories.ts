import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { ApiClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import { messageOf, type Log } from "../log.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { DirectoryLocks } from "../runs/directory-locks.ts";
import { readMeta, type DirectoryMeta } from "../runs/run-directories.ts";
import type { RepositoryCache } from "../runs/repository-cache.ts";

export type CollectOptions = {
  readonly workRoot: string;
  readonly client: ApiClient;
  readonly outbox: Outbox;
  readonly locks: DirectoryLocks;
  readonly repositories: RepositoryCache;
  readonly log: Log;
};

const mostPerCall = 500;
const unknownKeptMs = 72 * 3_600_000;
const collector = "collection of old work directories";

type Candidate = { readonly root: string; readonly meta: DirectoryMeta };

/**
 * Removes work directories of tasks that the server calls collectable. Only finished folders of
 * ours are looked at; one in use, or with records that are not delivered yet, stays.
 *
 * @returns how many were removed
 * @throws ApiError when the server does not answer
 */
export async function collectDirectories(options: CollectOptions): Promise<number> {
  const candidates = await findCandidates(options.workRoot);
  let removed = 0;
  for (let start = 0; start < candidates.length; start += mostPerCall) {
    const batch = candidates.slice(start, start + mostPerCall);
    const items = batch.map(({ meta }) => ({
      workspaceId: WorkspaceId.parse(meta.workspaceId),
      taskId: TaskId.parse(meta.lastTaskId),
    }));
    const reply = await options.client.call(daemon.collectable, { items });
    const states = new Map(reply.items.map(({ taskId, state }) => [String(taskId), state]));
    for (const candidate of batch) {
      if (!mayGo(states.get(candidate.meta.lastTaskId), candidate.meta)) continue;
      if (await removeCandidate(options, candidate)) removed += 1;
    }
  }
  return removed;
}

/** A task that the server does not know may be its mistake: the folder stays for three more days. */
function mayGo(state: string | undefined, meta: DirectoryMeta): boolean {
  if (state === "collect") return true;
  return state === "unknown" && Date.now() - Date.parse(meta.endedAt) > unknownKeptMs;
}

async function findCandidates(workRoot: string): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  for (const workspace of await foldersIn(workRoot)) {
    for (const name of await foldersIn(path.join(workRoot, workspace))) {
      const root = path.join(workRoot, workspace, name);
      const meta = await readMeta(root);
      if (meta !== null && meta.workspaceId === workspace) found.push({ root, meta });
    }
  }
  return found;
}

/** Real folders only: a link could lead to something that is not ours. */
async function foldersIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function removeCandidate(
  options: CollectOptions,
  { root, meta }: Candidate,
): Promise<boolean> {
  const { outbox, locks, repositories, log } = options;
  if (outbox.holdsTask(meta.lastTaskId) || outbox.holdsTask(meta.taskId)) return false;
  if (!locks.tryTake(root, collector)) return false;
  try {
    // Between the question and the lock a run may have come and gone.
    const now = await readMeta(root);
    if (now?.endedAt !== meta.endedAt) return false;
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
    for (const url of meta.repositories) {
      await repositories.removeWorktree(meta.workspaceId, url, path.join(root, "workdir"));
    }
    log("info", "removed a work directory", { taskId: meta.lastTaskId });
    return true;
  } catch (error) {
    log("warn", "a work directory could not be removed", { root, error: messageOf(error) });
    return false;
  } finally {
    locks.release(root);
  }
}
