import { rm } from "node:fs/promises";
import path from "node:path";
import { messageOf } from "../log.ts";
import { agentIdentity } from "../runs/commit-identity.ts";
import { isMissing } from "../state/atomic-file.ts";
import { isThere } from "../state/is-there.ts";
import { displayPath } from "../runs/run-directories.ts";
import { copyIndex } from "./copy-index.ts";
import { commitOf, personGit, personGitLine } from "./person-repository.ts";
import { deleteBranchAt, removeWorktree } from "./remove-worktree.ts";
import { readWorktreePlan, writeWorktreePlan, type WorktreePlan } from "./worktree-plan.ts";

export type FinishOptions = {
  readonly root: string;
  readonly directory: string;
  /** In whose name the rest is committed. */
  readonly agentName: string;
  /** First line of the commit. */
  readonly subject: string;
  readonly signal?: AbortSignal;
};

export type WorktreeEnding = {
  /** Branch that holds the work; null when there was none to hold. */
  readonly branch: string | null;
  /** Why the folder stays, as a sentence that names it; null when it is gone. */
  readonly kept: string | null;
};

/**
 * Puts everything that a run has left in its worktree on the branch, committed or not, then removes
 * the worktree, and the branch too if there is nothing on it. Nothing of it needs the agent to have
 * left a tidy state, a hook to agree or a person to be asked. Repeating it is harmless. Never
 * rejects: what cannot be committed stays where it is.
 */
export async function finishWorktree(options: FinishOptions): Promise<WorktreeEnding> {
  const { root, directory, signal } = options;
  let branch: string | null = null;
  try {
    const plan = await readWorktreePlan(root);
    if (plan === null || plan.state === "making") return { branch: null, kept: null };
    const end = `refs/heads/${plan.branch}`;
    if (plan.state === "left") return { branch: await named(plan, end), kept: null };
    branch = plan.branch;
    if (await isThere(path.join(directory, ".git"))) {
      const rest = await commitAll(options, plan);
      if (rest !== null) return { branch, kept: await kept(directory, rest) };
    }
    await removeWorktree(plan.commonDirectory, directory, signal);
    const isNew = plan.base === plan.origin;
    if (isNew && plan.origin !== null) {
      await deleteBranchAt(plan.commonDirectory, plan.branch, plan.origin);
    }
    await writeWorktreePlan(root, { ...plan, state: "left" });
    return { branch: await named(plan, end), kept: null };
  } catch (error) {
    return { branch, kept: await kept(directory, messageOf(error)) };
  }
}

async function named(plan: WorktreePlan, end: string): Promise<string | null> {
  return (await commitOf(plan.commonDirectory, end)) === null ? null : plan.branch;
}

async function kept(directory: string, why: string): Promise<string> {
  return `Not everything could be committed (${why}); the work is kept in ${await displayPath(directory)}.`;
}

/** @returns what git cannot commit; null when all is on the branch */
async function commitAll(options: FinishOptions, plan: WorktreePlan): Promise<string | null> {
  const { root, directory, signal } = options;
  const scratch = path.join(root, ".final-index");
  const environment = { GIT_INDEX_FILE: scratch };
  try {
    const index = await personGitLine(directory, ["rev-parse", "--git-path", "index"], { signal });
    await copyIndex(path.resolve(directory, index), scratch).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    await personGit(directory, ["add", "--all"], { environment, signal });
    const tree = await personGitLine(directory, ["write-tree"], { environment, signal });
    await moveBranch(options, plan, tree);
    return await unsavedRepository(directory, { environment, signal });
  } finally {
    await rm(scratch, { force: true });
    await rm(`${scratch}.lock`, { force: true });
  }
}

type IndexCall = {
  readonly environment: Record<string, string>;
  readonly signal: AbortSignal | undefined;
};

/**
 * A repository inside of the worktree, whose files and commits the branch only names. Where all of
 * them are on its own remote as well, nothing is lost with it.
 *
 * @returns a sentence about the first that holds more; null without one
 */
async function unsavedRepository(directory: string, call: IndexCall): Promise<string | null> {
  const listed = await personGit(directory, ["ls-files", "--stage", "-z"], call);
  for (const entry of listed.split("\0")) {
    // Mode 160000 is a commit of another repository.
    if (!entry.startsWith("160000 ")) continue;
    const name = entry.slice(entry.indexOf("\t") + 1);
    const inner = path.join(directory, name);
    if (!(await isThere(path.join(inner, ".git")))) continue;
    const { signal } = call;
    const dirty = await personGit(inner, ["status", "--porcelain"], { signal });
    const all = ["rev-list", "--all", "HEAD", "--not", "--remotes", "--max-count=1"];
    const unpublished = await personGit(inner, all, { signal });
    if (dirty !== "" || unpublished !== "") return `${name} is a repository of its own`;
  }
  return null;
}

/** Makes the branch end with these files and with every commit that the agent has made. */
async function moveBranch(options: FinishOptions, plan: WorktreePlan, tree: string): Promise<void> {
  const { directory, signal } = options;
  const name = `refs/heads/${plan.branch}`;
  const tip = await commitOf(directory, name, signal);
  const head = await commitOf(directory, "HEAD", signal);
  const hasOwnCommits = head !== plan.base || tip !== plan.base;
  // The agent has changed nothing: what it was given is still the person's, uncommitted.
  if (!hasOwnCommits && tree === (plan.carried ?? (await treeOf(directory, head)))) return;
  const parents = hasOwnCommits
    ? await parentsOf(directory, head, tip)
    : await startOf(options, plan);
  const [first = null] = parents;
  const isNothingNew = parents.length === 1 && tree === (await treeOf(directory, first));
  const end = isNothingNew
    ? first
    : await commit(options, { tree, parents, subject: options.subject });
  if (end === null || end === tip) return;
  // The old value is named: if somebody has moved the branch meanwhile, nothing is overwritten.
  const before = tip ?? "0".repeat(end.length);
  await personGit(directory, ["update-ref", name, end, before], { signal });
}

/** An agent that went to another branch, or to none, has its commits there. */
async function parentsOf(
  directory: string,
  head: string | null,
  tip: string | null,
): Promise<readonly string[]> {
  const both = [head, tip].filter((commit) => commit !== null);
  const [first, second] = both;
  if (first === undefined || second === undefined || first === second) return both.slice(0, 1);
  const common = await personGitLine(directory, ["merge-base", first, second]).catch(() => "");
  if (common === second) return [first];
  return common === first ? [second] : [first, second];
}

/** What the person had not committed becomes a commit of its own, so that it is told apart. */
async function startOf(options: FinishOptions, plan: WorktreePlan): Promise<readonly string[]> {
  const parents = plan.base === null ? [] : [plan.base];
  const { carried } = plan;
  if (carried === null || carried === (await treeOf(options.directory, plan.base))) return parents;
  const subject = "Uncommitted changes that the run began with";
  return [await commit(options, { tree: carried, parents, subject })];
}

function treeOf(directory: string, commit: string | null): Promise<string> {
  if (commit === null) return personGitLine(directory, ["mktree"]);
  return personGitLine(directory, ["rev-parse", `${commit}^{tree}`]);
}

/** Made by the plumbing: no hook, editor or key can hold it up, and no half merge either. */
function commit(
  { directory, agentName, signal }: FinishOptions,
  what: { readonly tree: string; readonly parents: readonly string[]; readonly subject: string },
): Promise<string> {
  const { name, email } = agentIdentity(agentName);
  const environment = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
  const parents = what.parents.flatMap((parent) => ["-p", parent]);
  const make = ["commit-tree", what.tree, ...parents, "-F", "-"];
  return personGitLine(directory, make, { environment, signal, input: `${what.subject}\n` });
}
