import { realpath } from "node:fs/promises";
import path from "node:path";
import { removeTree } from "../state/remove-tree.ts";
import { commitOf, personGit } from "./person-repository.ts";

/**
 * Takes one worktree out of a person's repository: its folder and what the repository knows about
 * it. Other worktrees, also those on a disk that is not there now, are left alone.
 */
export async function removeWorktree(
  commonDirectory: string,
  directory: string,
  signal?: AbortSignal,
): Promise<void> {
  await removeTree(directory);
  const listed = await listWorktrees(commonDirectory, signal);
  const known = path.join(await realpath(path.dirname(directory)), path.basename(directory));
  if (!listed.includes(`worktree ${known}`)) return;
  // Twice: also one that the agent has locked.
  const remove = ["worktree", "remove", "--force", "--force", known];
  await personGit(commonDirectory, remove, { signal });
}

/** Lines of `git worktree list --porcelain`: `worktree <path>`, `branch <ref>`, … */
export async function listWorktrees(
  commonDirectory: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  // Not with -z, which git knows since 2.36 only.
  const list = ["worktree", "list", "--porcelain"];
  return (await personGit(commonDirectory, list, { signal })).split("\n");
}

/** Deletes a branch that still is where it began; one that has moved on stays. */
export async function deleteBranchAt(
  commonDirectory: string,
  branch: string,
  commit: string,
): Promise<void> {
  const name = `refs/heads/${branch}`;
  if ((await commitOf(commonDirectory, name)) !== commit) return;
  await personGit(commonDirectory, ["update-ref", "-d", name, commit]);
}
