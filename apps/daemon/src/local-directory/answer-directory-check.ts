import type { ApiClient } from "@headcount/client/make-client";
import type { DaemonHint } from "@headcount/contract/daemon/frames";
import { daemon } from "@headcount/contract/daemon/routes";
import type { LocalDirectory } from "@headcount/contract/projects/directory";
import { messageOf, type Log } from "../log.ts";
import { RunFailure } from "../runs/run-ending.ts";
import { checkDirectory } from "./check-directory.ts";
import { openPersonRepository } from "./person-repository.ts";

type DirectoryCheck = Extract<DaemonHint, { type: "check_directory" }>;

export type DirectoryCheckParts = {
  readonly client: ApiClient;
  /** Folders of the daemon itself. */
  readonly own: readonly string[];
  readonly log: Log;
};

/** Git answers at once, unless the disk is busy or far away. */
const lookMs = 4_000;
const longestSentence = 500;

/** Looks at a folder that somebody names for a project, and says what it finds. Never rejects. */
export async function answerDirectoryCheck(
  { client, own, log }: DirectoryCheckParts,
  { checkId, path, mode }: DirectoryCheck,
): Promise<void> {
  try {
    const problem = await problemOf({ path, mode }, own);
    await client.call(daemon.answerDirectoryCheck, { checkId, problem });
  } catch (error) {
    // Without an answer the folder is taken as it is, and looked at when a task is to run there.
    log("warn", "a directory could not be looked at", { error: messageOf(error) });
  }
}

/** The same that the start of a run finds out. */
async function problemOf(
  { path, mode }: LocalDirectory,
  own: readonly string[],
): Promise<string | null> {
  try {
    const canonical = await checkDirectory(path, own);
    if (mode === "worktree") await openPersonRepository(canonical, AbortSignal.timeout(lookMs));
    return null;
  } catch (error) {
    if (error instanceof RunFailure) return error.message.slice(0, longestSentence);
    throw error;
  }
}
