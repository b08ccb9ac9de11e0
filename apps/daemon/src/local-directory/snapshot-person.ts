import { rm } from "node:fs/promises";
import { isMissing } from "../state/atomic-file.ts";
import { GitError } from "../runs/git.ts";
import { copyIndex } from "./copy-index.ts";
import { listPersonChanges } from "./person-changes.ts";
import { personGit, personGitLine, type PersonRepository } from "./person-repository.ts";

/** How a person's working tree is at one moment, as trees in its repository. */
export type PersonSnapshot = {
  /** All files as they are, without ignored ones. */
  readonly files: string;
  /** What is staged; null during a merge, when there is no such state. */
  readonly staged: string | null;
  /** What could not be taken along. */
  readonly leftOut: readonly string[];
};

/**
 * Writes down a working tree without touching it: a copy of its index takes the changes.
 *
 * @param scratch file for that copy; removed afterwards
 * @throws GitError or RunFailure
 */
export async function snapshotPerson(
  repository: PersonRepository,
  scratch: string,
  signal?: AbortSignal,
): Promise<PersonSnapshot> {
  const { top } = repository;
  const environment = { GIT_INDEX_FILE: scratch };
  try {
    await startFromIndex(repository, scratch, signal);
    const staged = await stagedTree(top, { environment, signal });
    const { paths, leftOut } = await listPersonChanges(top, signal);
    const update = ["update-index", "--add", "--remove", "--replace", "-z", "--stdin"];
    const input = paths.map((name) => `${name}\0`).join("");
    await personGit(top, update, { environment, signal, input, encoding: "latin1" });
    const files = await personGitLine(top, ["write-tree"], { environment, signal });
    return { files, staged, leftOut };
  } finally {
    await rm(scratch, { force: true });
    await rm(`${scratch}.lock`, { force: true });
  }
}

async function startFromIndex(
  { top, index, head }: PersonRepository,
  scratch: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await copyIndex(index, scratch);
  } catch (error) {
    if (!isMissing(error)) throw error;
    // Nothing was ever staged here; git takes a missing index for an empty one.
    const start = head === null ? ["--empty"] : [head];
    await personGit(top, ["read-tree", ...start], {
      environment: { GIT_INDEX_FILE: scratch },
      signal,
    });
  }
}

async function stagedTree(
  top: string,
  call: { readonly environment: Record<string, string>; readonly signal: AbortSignal | undefined },
): Promise<string | null> {
  try {
    return await personGitLine(top, ["write-tree"], call);
  } catch (error) {
    // Files in conflict have no one content to write down.
    if (error instanceof GitError && /unmerged/.test(error.message)) return null;
    if (error instanceof GitError && /error building trees/.test(error.message)) return null;
    throw error;
  }
}
