import { GitError } from "../runs/git.ts";
import type { MeasuringGit } from "./measured-folder.ts";

/** A tree and the commit that it was found on. */
export type StartState = { readonly tree: string; readonly head: string };

/** Upstream branches that one run brings in, at most. */
const mostMerges = 3;

/**
 * How the files would be if the run had done nothing but bring in what others have done meanwhile:
 * commits of a remote that a pull, merge or rebase of the run has put under its branch. Its own
 * commits stay its own when they are pushed. Where that cannot be said, the state at the start.
 *
 * @returns a tree
 */
export async function withForeignWork(run: MeasuringGit, start: StartState): Promise<string> {
  let { tree } = start;
  const merged: string[] = [];
  for (; merged.length < mostMerges;) {
    const foreign = await newestForeignCommit(run, [start.head, ...merged]);
    if (foreign === null) return tree;
    const next = await mergedTree(run, tree, { onto: [start.head, ...merged], foreign });
    if (next === null) return tree;
    tree = next;
    merged.push(foreign);
  }
  return tree;
}

/** Null when everything new on the branch was made here. */
async function newestForeignCommit(
  run: MeasuringGit,
  known: readonly string[],
): Promise<string | null> {
  const not = known.map((commit) => `^${commit}`);
  const added = lines(await run(["rev-list", "--topo-order", "HEAD", ...not]));
  if (added.length === 0) return null;
  const unpublished = lines(await run(["rev-list", "HEAD", ...not, "--not", "--remotes"]));
  const own = new Set([...unpublished, ...(await commitsMadeHere(run))]);
  return added.find((commit) => !own.has(commit)) ?? null;
}

/** What the log of a worktree's HEAD says where it made a commit itself: git-reflog(1). */
const made =
  /^(commit|cherry-pick|revert|am|rebase( -i)?( \((?!start|finish|abort)[^)]*\)))|: Merge made/;

async function commitsMadeHere(run: MeasuringGit): Promise<readonly string[]> {
  const output = await run(["reflog", "show", "--format=%H %gs", "HEAD"]);
  return lines(output).flatMap((line) => {
    const commit = line.slice(0, line.indexOf(" "));
    return made.test(line.slice(commit.length + 1)) ? [commit] : [];
  });
}

/** Null when both sides have changed the same lines, or this git cannot merge trees (before 2.38). */
async function mergedTree(
  run: MeasuringGit,
  tree: string,
  { onto, foreign }: { readonly onto: readonly string[]; readonly foreign: string },
): Promise<string | null> {
  const identity = ["-c", "user.name=Headcount", "-c", "user.email=headcount@localhost"];
  const parents = onto.flatMap((commit) => ["-p", commit]);
  try {
    const state = await run([...identity, "commit-tree", tree, ...parents, "-m", "start"]);
    return await run(["merge-tree", "--write-tree", state, foreign]);
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

const lines = (text: string): readonly string[] => (text === "" ? [] : text.split("\n"));
