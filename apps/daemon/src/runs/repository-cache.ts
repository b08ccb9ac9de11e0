import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { isThere } from "../state/is-there.ts";
import { git } from "./git.ts";
import { NamedMutex } from "./mutex.ts";
import { addOwnClone, keepCommitsOfClone } from "./own-clone.ts";
import { resolveCommit, startPoint } from "./start-point.ts";
import type { WorktreeRequest } from "./worktree-request.ts";

export type WaitOptions = {
  readonly signal?: AbortSignal;
  /** How long to wait for others that use the same repository; as long as it takes when absent. */
  readonly waitMs?: number;
};

/** A day: git itself gets ten minutes for a step. */
const longestWaitMs = 24 * 3_600_000;

/**
 * Bare clones, one per workspace and repository, that work directories share their git data with.
 * Objects that are not needed are not downloaded.
 */
export class RepositoryCache {
  readonly #root: string;
  readonly #mutex = new NamedMutex();
  /** Checkouts that want a cache, by its path: upkeep lets them go first. */
  readonly #wanted = new Map<string, number>();

  constructor(root: string) {
    this.#root = root;
  }

  cachePath(workspaceId: string, url: string): string {
    const name = path
      .basename(url)
      .replace(/\.git$/, "")
      .replaceAll(/[^\w.-]/g, "_")
      .slice(0, 40);
    const digest = createHash("sha256").update(url).digest("hex").slice(0, 12);
    return path.join(this.#root, workspaceId, `${name}-${digest}.git`);
  }

  /**
   * Checks the repository out into a folder on a branch of its own.
   *
   * @throws GitError when the remote cannot be read or the ref is not there
   * @throws LockBusy when others have used the repository for longer than the caller waits
   */
  async addWorktree(
    request: WorktreeRequest,
    { signal, waitMs = longestWaitMs }: WaitOptions = {},
  ): Promise<void> {
    const cache = this.cachePath(request.workspaceId, request.url);
    this.#wanted.set(cache, (this.#wanted.get(cache) ?? 0) + 1);
    try {
      await this.#mutex.runWithin(cache, { waitMs, signal }, () => {
        if (request.gitData === "own") return addOwnClone(cache, request, signal);
        return this.#addSharing(cache, request, signal);
      });
    } finally {
      const left = (this.#wanted.get(cache) ?? 1) - 1;
      if (left > 0) this.#wanted.set(cache, left);
      else this.#wanted.delete(cache);
    }
  }

  async #addSharing(
    cache: string,
    request: WorktreeRequest,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await this.#refresh(cache, request.url, signal);
    await git(cache, ["worktree", "prune"], signal);
    const start = await startPoint(cache, request.ref, signal);
    if (start === null) return addUnbornWorktree(cache, request, signal);
    await git(cache, await worktreeCommand(cache, request, start), signal);
  }

  /**
   * Takes over what a folder that is about to be removed has committed. A worktree has it in the
   * cache already.
   */
  keepCommits(workspaceId: string, url: string, directory: string): Promise<void> {
    const cache = this.cachePath(workspaceId, url);
    return this.#upkeep(cache, async () => {
      await makeCache(cache, url);
      await keepCommitsOfClone(cache, directory);
    });
  }

  /** Forgets a work directory that was removed; its branch and commits stay in the cache. */
  removeWorktree(workspaceId: string, url: string, directory: string): Promise<void> {
    const cache = this.cachePath(workspaceId, url);
    return this.#upkeep(cache, async () => {
      await rm(directory, { recursive: true, force: true });
      if (await isThere(cache)) await git(cache, ["worktree", "prune"]);
    });
  }

  /** Caches that no folder shares its data with any more and that were last used before a moment. */
  async listUnused(beforeMs: number): Promise<readonly string[]> {
    const unused: string[] = [];
    for (const workspaceId of await readdir(this.#root).catch(() => [])) {
      const folder = path.join(this.#root, workspaceId);
      for (const name of await readdir(folder).catch(() => [])) {
        const cache = path.join(folder, name);
        if (name.endsWith(".git") && (await isUnused(cache, beforeMs))) unused.push(cache);
      }
    }
    return unused;
  }

  /** Removes such a cache; false when it has come into use meanwhile. */
  removeUnused(cache: string, beforeMs: number): Promise<boolean> {
    return this.#upkeep(cache, async () => {
      if (!(await isUnused(cache, beforeMs))) return false;
      await rm(cache, { recursive: true, force: true, maxRetries: 3 });
      return true;
    });
  }

  /** Has its turn when no checkout is waiting for one. */
  async #upkeep<Result>(cache: string, operation: () => Promise<Result>): Promise<Result> {
    for (;;) {
      const turn = await this.#mutex.run(cache, async () =>
        this.#wanted.has(cache) ? null : { result: await operation() },
      );
      if (turn !== null) return turn.result;
    }
  }

  async #refresh(cache: string, url: string, signal: AbortSignal | undefined): Promise<void> {
    await makeCache(cache, url, signal);
    const fetch = ["fetch", "--quiet", "--prune", "--tags", "--force", "--filter=blob:none"];
    await git(cache, [...fetch, "origin"], signal);
    // Fails for an empty repository, which has no default branch to remember.
    await git(cache, ["remote", "set-head", "origin", "--auto"], signal).catch(() => undefined);
  }
}

async function makeCache(cache: string, url: string, signal?: AbortSignal): Promise<void> {
  if (await isThere(path.join(cache, "HEAD"))) return;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  await git(cache, ["init", "--bare", "--quiet"], signal);
  await git(cache, ["config", "remote.origin.url", url], signal);
  const refspec = "+refs/heads/*:refs/remotes/origin/*";
  await git(cache, ["config", "remote.origin.fetch", refspec], signal);
}

/**
 * A repository without commits has nothing to check out: the folder starts from a nameless empty
 * commit, then its branch is set back to "no commit yet".
 */
async function addUnbornWorktree(
  cache: string,
  { branch, directory }: WorktreeRequest,
  signal: AbortSignal | undefined,
): Promise<void> {
  const identity = ["-c", "user.name=Headcount", "-c", "user.email=headcount@localhost"];
  const tree = await git(cache, ["hash-object", "-w", "-t", "tree", "/dev/null"], signal);
  const commit = await git(cache, [...identity, "commit-tree", tree, "-m", "empty"], signal);
  await git(cache, ["worktree", "add", "--quiet", "--detach", directory, commit], signal);
  await git(directory, ["symbolic-ref", "HEAD", `refs/heads/${branch}`], signal);
}

async function worktreeCommand(
  cache: string,
  { branch, directory }: WorktreeRequest,
  start: string,
): Promise<readonly string[]> {
  const add = ["worktree", "add", "--quiet"];
  if ((await resolveCommit(cache, `refs/heads/${branch}`)) !== null) {
    return [...add, directory, branch];
  }
  return [...add, "--no-track", "-b", branch, directory, start];
}

/** Git writes FETCH_HEAD at each checkout; `worktrees/<name>/gitdir` leads to a folder that shares. */
async function isUnused(cache: string, beforeMs: number): Promise<boolean> {
  for (const name of ["HEAD", "FETCH_HEAD", "worktrees"]) {
    const stats = await stat(path.join(cache, name)).catch(() => null);
    if (stats !== null && stats.mtimeMs >= beforeMs) return false;
  }
  const worktrees = path.join(cache, "worktrees");
  for (const name of await readdir(worktrees).catch(() => [])) {
    const file = await readFile(path.join(worktrees, name, "gitdir"), "utf8").catch(() => "");
    if (file !== "" && (await isThere(path.resolve(worktrees, name, file.trim())))) return false;
  }
  return true;
}
