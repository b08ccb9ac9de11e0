import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { checkDirectory } from "../local-directory/check-directory.ts";
import { finishWorktree } from "../local-directory/finish-worktree.ts";
import { abandonWorktree, makeWorktree } from "../local-directory/make-worktree.ts";
import { readFileIfThere } from "../state/atomic-file.ts";
import { branchOf } from "./check-out-repositories.ts";
import { git } from "./git.ts";
import type { NamedMutex } from "./mutex.ts";
import type { RunContext } from "./run-context.ts";
import type { LocalPlace, RunDirectories } from "./run-directories.ts";

/** What has become of a run's work, once nothing of the run is alive any more. */
export type WorkEnding = {
  readonly branch: string | null;
  /** Why the work is not where it should be, with the place where it is; null when it is. */
  readonly problem: string | null;
};

/** Folders in which the daemon keeps what belongs to nobody's project. */
export function ownFolders({
  config,
  paths,
}: Pick<RunContext, "config" | "paths">): readonly string[] {
  return [config.workRoot, paths.root, paths.temporary];
}

/** @throws RunFailure when tasks may not run in the folder that the project names */
export async function localPlaceOf(
  context: RunContext,
  task: ClaimedTask,
): Promise<LocalPlace | null> {
  if (task.directory === null) return null;
  return {
    mode: task.directory.mode,
    path: await checkDirectory(task.directory.path, ownFolders(context)),
  };
}

/** Makes the worktree that a run beside a person's folder works in. @returns its branch */
export async function prepareWorktree(
  context: RunContext,
  task: ClaimedTask,
  place: LocalPlace,
  { directories, signal }: { readonly directories: RunDirectories; readonly signal: AbortSignal },
): Promise<{ readonly branch: string; readonly notice: string | null }> {
  const { root, work } = directories;
  const options = { root, source: place.path, directory: work, branch: branchOf(task), signal };
  return context.worktrees.run(place.path, async () => {
    try {
      const { branch, leftOut } = await makeWorktree(options);
      return { branch, notice: leftOut.length === 0 ? null : noticeOf(leftOut) };
    } catch (error) {
      await abandonWorktree(root, work).catch(() => undefined);
      throw error;
    }
  });
}

function noticeOf(leftOut: readonly string[]): string {
  const names = leftOut.slice(0, 5).map((name) => Buffer.from(name, "latin1").toString("utf8"));
  const more = leftOut.length > names.length ? " and others" : "";
  return `Not carried over from the person's directory: ${names.join(", ")}${more}.`;
}

/** A worktree of a person's folder and whose work is in it. */
export type RunWorktree = {
  readonly root: string;
  readonly work: string;
  /** Canonical path of the person's folder. */
  readonly source: string;
  readonly agentName: string;
  /** First line of what is committed in the agent's name. */
  readonly subject: string;
};

export function worktreeOf(
  task: ClaimedTask,
  { root, work }: RunDirectories,
  place: LocalPlace,
): RunWorktree {
  const subject = `${task.issue.key} ${task.issue.title}`;
  return { root, work, source: place.path, agentName: task.agent.name, subject };
}

/** Commits what a run has left in its worktree. Never rejects. */
export function settleWorktree(
  worktrees: NamedMutex,
  { root, work, source, agentName, subject }: RunWorktree,
  signal?: AbortSignal,
): Promise<WorkEnding> {
  return worktrees.run(source, async () => {
    const options = { root, directory: work, agentName, subject };
    const ending = await finishWorktree(signal === undefined ? options : { ...options, signal });
    return { branch: ending.branch, problem: ending.kept };
  });
}

/**
 * Keeps the brief out of the agent's commits without a word in the person's repository: a list for
 * the git of the agent, with what the person's own list says.
 *
 * @returns the file; null where the run works in a folder of Headcount
 */
export async function writeExcludes(
  root: string,
  briefFile: string,
  place: LocalPlace | null,
): Promise<string | null> {
  if (place === null) return null;
  const asked = ["config", "--type=path", "--get", "core.excludesFile"];
  const own = await git(place.path, asked).catch(() => "");
  const usual = path.join(process.env["XDG_CONFIG_HOME"] ?? path.join(homedir(), ".config"), "git");
  const before = (await readFileIfThere(own === "" ? path.join(usual, "ignore") : own)) ?? "";
  const file = path.join(root, "excludes");
  await writeFile(file, `${before}\n/${briefFile}\n`);
  return file;
}
