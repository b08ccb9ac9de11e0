import path from "node:path";
import { isThere } from "../state/is-there.ts";
import {
  commitOf,
  openPersonRepository,
  personGit,
  personGitLine,
  type PersonRepository,
} from "./person-repository.ts";
import { deleteBranchAt, listWorktrees, removeWorktree } from "./remove-worktree.ts";
import { snapshotPerson } from "./snapshot-person.ts";
import { readWorktreePlan, writeWorktreePlan, type WorktreePlan } from "./worktree-plan.ts";

export type WorktreeOptions = {
  /** Folder of the run; the plan is kept in it. */
  readonly root: string;
  /** Canonical path of the person's working tree. */
  readonly source: string;
  /** Where the worktree goes. */
  readonly directory: string;
  /** Name of the branch, if a new one is needed. */
  readonly branch: string;
  readonly signal?: AbortSignal;
};

export type MadeWorktree = {
  readonly branch: string;
  /** Names in the person's working tree that were not taken along, in latin1. */
  readonly leftOut: readonly string[];
};

/**
 * Gives a run a worktree of a person's repository. A follow-up goes on with the branch of the run
 * before it, while nobody else has that branch checked out and it is not part of the person's work
 * already; any other run gets a new branch with everything that the person has not committed.
 *
 * @throws RunFailure or GitError; what was made so far is then removed by {@link abandonWorktree}
 */
export async function makeWorktree(options: WorktreeOptions): Promise<MadeWorktree> {
  const { root, source, directory, signal } = options;
  const before = await readWorktreePlan(root);
  // Work that could not be committed waits in its folder; the agent goes on there.
  if (before?.state === "live" && (await isThere(path.join(directory, ".git")))) {
    return { branch: before.branch, leftOut: [] };
  }
  if (before?.state === "live") await removeWorktree(before.commonDirectory, directory, signal);
  if (before?.state === "making") await abandonWorktree(root, directory);
  const repository = await openPersonRepository(source, signal);
  const earlier = await branchToGoOnWith(repository, before, signal);
  if (earlier === null) return makeNewWorktree(options, repository);
  const plan: WorktreePlan = { ...earlier.plan, state: "making", base: earlier.tip, carried: null };
  await writeWorktreePlan(root, plan);
  await personGit(
    repository.commonDirectory,
    ["worktree", "add", "--quiet", directory, plan.branch],
    {
      signal,
    },
  );
  await writeWorktreePlan(root, { ...plan, state: "live" });
  return { branch: plan.branch, leftOut: [] };
}

type EarlierBranch = { readonly plan: WorktreePlan; readonly tip: string };

async function branchToGoOnWith(
  repository: PersonRepository,
  plan: WorktreePlan | null,
  signal: AbortSignal | undefined,
): Promise<EarlierBranch | null> {
  if (plan === null || plan.commonDirectory !== repository.commonDirectory) return null;
  const { commonDirectory, head } = repository;
  const tip = await commitOf(commonDirectory, `refs/heads/${plan.branch}`, signal);
  if (tip === null) return null;
  const listed = await listWorktrees(commonDirectory, signal);
  if (listed.includes(`branch refs/heads/${plan.branch}`)) return null;
  if (head !== null && (await isPartOf(commonDirectory, tip, head, signal))) return null;
  return { plan, tip };
}

async function isPartOf(
  directory: string,
  commit: string,
  of: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const base = ["merge-base", commit, of];
  const common = await personGitLine(directory, base, { signal }).catch(() => "");
  return common === commit;
}

async function makeNewWorktree(
  { root, source, directory, branch, signal }: WorktreeOptions,
  repository: PersonRepository,
): Promise<MadeWorktree> {
  const { commonDirectory, head } = repository;
  const scratch = path.join(root, ".carried-index");
  const { files, staged, leftOut } = await snapshotPerson(repository, scratch, signal);
  const plan: WorktreePlan = {
    source,
    commonDirectory,
    branch,
    state: "making",
    origin: head,
    base: head,
    carried: files,
  };
  await writeWorktreePlan(root, plan);
  if (head === null) await addUnborn({ commonDirectory, directory, branch, signal });
  else await addAt({ commonDirectory, directory, branch, signal }, head);
  // The files as the person has them, then of those as staged what was staged.
  await personGit(directory, ["read-tree", "-u", "--reset", files], { signal });
  const index = staged ?? head;
  await personGit(directory, ["read-tree", ...(index === null ? ["--empty"] : [index])], {
    signal,
  });
  await personGit(directory, ["update-index", "-q", "--refresh"], { signal }).catch(() => "");
  await writeWorktreePlan(root, { ...plan, state: "live" });
  return { branch, leftOut };
}

type NewWorktree = Pick<WorktreePlan, "commonDirectory" | "branch"> &
  Pick<WorktreeOptions, "directory"> & { readonly signal: AbortSignal | undefined };

async function addAt(
  { commonDirectory, directory, branch, signal }: NewWorktree,
  commit: string,
): Promise<void> {
  const add = ["worktree", "add", "--quiet", "--no-checkout", "--no-track", "-b", branch];
  await personGit(commonDirectory, [...add, directory, commit], { signal });
}

/** Git makes worktrees of commits only: it starts from a nameless one that nothing points to later. */
async function addUnborn({
  commonDirectory,
  directory,
  branch,
  signal,
}: NewWorktree): Promise<void> {
  const call = { signal };
  const tree = await personGitLine(commonDirectory, ["mktree"], call);
  const identity = ["-c", "user.name=Headcount", "-c", "user.email=headcount@localhost"];
  const make = [...identity, "commit-tree", tree, "-m", "empty"];
  const commit = await personGitLine(commonDirectory, make, call);
  const add = ["worktree", "add", "--quiet", "--no-checkout", "--detach", directory, commit];
  await personGit(commonDirectory, add, call);
  await personGit(directory, ["symbolic-ref", "HEAD", `refs/heads/${branch}`], call);
}

/** Removes what is there of a worktree that nobody has worked in. */
export async function abandonWorktree(root: string, directory: string): Promise<void> {
  const plan = await readWorktreePlan(root);
  if (plan?.state !== "making") return;
  const { commonDirectory, branch, origin, base } = plan;
  await removeWorktree(commonDirectory, directory);
  // A branch of an earlier run has more than its origin and stays.
  if (origin !== null && base === origin) await deleteBranchAt(commonDirectory, branch, origin);
  await writeWorktreePlan(root, { ...plan, state: "left" });
}
