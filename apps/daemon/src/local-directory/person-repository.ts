import { realpath } from "node:fs/promises";
import path from "node:path";
import { RunFailure } from "../runs/run-ending.ts";
import { displayPath } from "../runs/run-directories.ts";
import { git, GitError, runGit, type GitCall } from "../runs/git.ts";

/** A repository that somebody works in on this machine. */
export type PersonRepository = {
  /** Top folder of the working tree. */
  readonly top: string;
  /** Git data that all worktrees of the repository share. */
  readonly commonDirectory: string;
  /** Index of the working tree; never written to. */
  readonly index: string;
  /** Commit that is checked out; null before the first one. */
  readonly head: string | null;
};

/**
 * Nobody else's programs run and nothing is tidied up because of a task: no hooks, no file system
 * monitor, no collection of garbage.
 */
const settings: readonly string[] = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "core.safecrlf=false",
  "advice.addEmbeddedRepo=false",
];
const quietly = settings.flatMap((setting) => ["-c", setting]);

/** Reading commands would otherwise refresh the person's index: git(1). */
const withoutLocks = { GIT_OPTIONAL_LOCKS: "0" };

/** Runs git in a person's repository, or in a worktree of it, and gives back what it wrote. */
export function personGit(
  directory: string,
  parts: readonly string[],
  call: GitCall = {},
): Promise<string> {
  const environment = { ...withoutLocks, ...call.environment };
  return runGit(directory, [...quietly, ...parts], { ...call, environment });
}

/** The same for commands whose answer is one line. */
export async function personGitLine(
  directory: string,
  parts: readonly string[],
  call: GitCall = {},
): Promise<string> {
  const output = await personGit(directory, parts, call);
  return output.replace(/\n$/, "");
}

/** A commit by a name, or null when there is none. */
export function commitOf(
  directory: string,
  name: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const parts = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  return personGitLine(directory, parts, { signal }).catch((error: unknown) => {
    if (error instanceof GitError && error.exitCode === 1) return null;
    throw error;
  });
}

/** What git says of a folder without a repository helps nobody; of one that it refuses, it does. */
function whyUnreadable(shown: string, { message }: GitError): string {
  return /not a git repository/i.test(message)
    ? `${shown} is not a Git repository. Work in place there, or make it one with "git init".`
    : `Git cannot work in ${shown}: ${message}`;
}

/**
 * @throws RunFailure `directory_error` when the folder is not the top of a working tree
 */
export async function openPersonRepository(
  directory: string,
  signal?: AbortSignal,
): Promise<PersonRepository> {
  const shown = await displayPath(directory);
  const asked = ["rev-parse", "--show-toplevel", "--git-common-dir", "--git-path", "index"];
  const answer = await git(directory, asked, signal).catch((error: unknown) => {
    // A look that was cut short says nothing about the folder.
    if (!(error instanceof GitError) || signal?.aborted) throw error;
    throw new RunFailure("directory_error", whyUnreadable(shown, error));
  });
  const [top = "", common = "", index = ""] = answer.split("\n");
  if ((await realpath(top)) !== directory) {
    const sentence = `${shown} lies inside of the repository ${await displayPath(top)}; name that directory, or work in place.`;
    throw new RunFailure("directory_error", sentence);
  }
  return {
    top: directory,
    commonDirectory: await realpath(path.resolve(directory, common)),
    index: path.resolve(directory, index),
    head: await commitOf(directory, "HEAD", signal),
  };
}
