import { rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { isThere } from "../state/is-there.ts";
import { git } from "./git.ts";
import { resolveCommit, startPoint } from "./start-point.ts";
import type { WorktreeRequest } from "./worktree-request.ts";

/**
 * Checks a repository out with git data of its own, for agents whose sandbox keeps them from
 * writing anywhere but in their folder. It is made beside the folder and moved there whole. A branch
 * that an earlier clone has left in the cache goes on.
 *
 * @throws GitError
 */
export async function addOwnClone(
  cache: string,
  { url, ref, branch, directory }: WorktreeRequest,
  signal: AbortSignal | undefined,
): Promise<void> {
  const draft = `${directory}.part`;
  await rm(draft, { recursive: true, force: true });
  await git(
    path.dirname(directory),
    ["clone", "--quiet", "--no-checkout", "--", url, draft],
    signal,
  );
  const name = `refs/heads/${branch}`;
  if ((await isThere(cache)) && (await resolveCommit(cache, name, signal)) !== null) {
    await git(draft, ["fetch", "--quiet", cache, `${name}:${name}`], signal);
    await git(draft, ["checkout", "--quiet", branch], signal);
  } else {
    const start = await startPoint(draft, ref, signal);
    if (start === null) await git(draft, ["symbolic-ref", "HEAD", name], signal);
    else await git(draft, ["checkout", "--quiet", "--no-track", "-b", branch, start], signal);
  }
  await rename(draft, directory);
}

/** Takes the branches of agents over from a folder that is about to go, if it is such a clone. */
export async function keepCommitsOfClone(cache: string, directory: string): Promise<void> {
  const data = await stat(path.join(directory, ".git")).catch(() => null);
  if (data === null || !data.isDirectory()) return;
  await git(cache, ["fetch", "--quiet", directory, "+refs/heads/agent/*:refs/heads/agent/*"]);
}
