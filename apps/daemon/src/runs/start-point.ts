import { git } from "./git.ts";

/** The commit to begin at, by branch, tag or id; null for a repository without any. */
export async function startPoint(
  repository: string,
  ref: string | null,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  if (ref === null) return resolveCommit(repository, "refs/remotes/origin/HEAD", signal);
  const candidates = [`refs/remotes/origin/${ref}`, `refs/tags/${ref}`, ref];
  for (const candidate of candidates) {
    const commit = await resolveCommit(repository, candidate, signal);
    if (commit !== null) return commit;
  }
  // A commit that no branch points to may still be handed out by the remote.
  await git(repository, ["fetch", "--quiet", "--filter=blob:none", "origin", ref], signal);
  return resolveCommit(repository, "FETCH_HEAD", signal);
}

/** Null when there is no such commit. */
export function resolveCommit(
  repository: string,
  name: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const parts = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  return git(repository, parts, signal).catch(() => null);
}
