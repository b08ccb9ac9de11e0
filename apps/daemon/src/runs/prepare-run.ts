import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { messageOf } from "../log.ts";
import type { HostedCli } from "../machine/hosted-cli.ts";
import { lendSkills } from "../skills/lend-skills.ts";
import { isThere } from "../state/is-there.ts";
import { removeTree } from "../state/remove-tree.ts";
import type { ActiveRun } from "./active-run.ts";
import { installBrief, type InstalledBrief } from "./context-file.ts";
import { commitIdentity } from "./commit-identity.ts";
import { checkOutRepositories } from "./check-out-repositories.ts";
import {
  localPlaceOf,
  prepareWorktree,
  settleWorktree,
  type WorkEnding,
  worktreeOf,
  writeExcludes,
} from "./local-run.ts";
import { type HeldDirectory, takeDirectory } from "./take-directory.ts";
import type { RunContext } from "./run-context.ts";
import type { RunNote } from "./run-journal.ts";
import {
  chooseDirectories,
  displayPath,
  makeDirectories,
  removeMeta,
  temporaryName,
  type LocalPlace,
  type RunDirectories,
} from "./run-directories.ts";
import { GiveBack, RunFailure, RunStopped } from "./run-ending.ts";

const prepareMs = 5 * 60_000;

/** What a daemon after this one needs to know to clean up, told before it is needed. */
export type FolderFacts = Partial<Pick<RunNote, "root" | "workDirectory" | "brief" | "worktree">>;

/** Everything that stands when the agent may be started. */
export type PreparedRun = {
  readonly cli: HostedCli & { readonly executable: string };
  readonly directories: RunDirectories;
  readonly temporary: string;
  readonly displayDirectory: string;
  readonly branch: string | null;
  /** Session to continue; null starts fresh. */
  readonly resumeSessionId: string | null;
  readonly brief: InstalledBrief;
  /** Text of the brief, with the skills that were placed for this run. */
  readonly briefText: string;
  readonly skillDocuments: readonly string[];
  /** Skills wait in the private home of the CLI. */
  readonly usesPrivateHome: boolean;
  /** Something about the folder that its reader has to know; null mostly. */
  readonly notice: string | null;
  readonly place: LocalPlace | null;
  /** What git leaves out of the agent's commits, as a file; null where the checkout says so itself. */
  readonly excludes: string | null;
  /** In whose name the agent commits, as variables of git. */
  readonly identity: Readonly<Record<string, string>>;
  /** Nothing of the run is alive any more: puts its work where it belongs. Repeating it is harmless. */
  leaveWork(): Promise<WorkEnding>;
  /** Removes what must not outlive the run. */
  cleanUp(): Promise<void>;
  /** Lets others have the folders. */
  release(): void;
};

/**
 * Checks the task, waits for its folder and fills it.
 *
 * @param announce resolves when what it is told would survive this daemon
 * @throws GiveBack, RunFailure or RunStopped
 */
export async function prepareRun(
  context: RunContext,
  run: ActiveRun,
  announce: (facts: FolderFacts) => Promise<void>,
): Promise<PreparedRun> {
  const { task } = run;
  checkIdentity(task);
  const cli = usableCli(context, task);
  const place = await localPlaceOf(context, task);
  const directories = await chooseDirectories(context.config.workRoot, task, place);
  const held = await takeDirectory(context, run, directories, place);
  try {
    return await fillDirectory(context, run, { cli, directories, place, held, announce });
  } catch (error) {
    held.release();
    if (run.stopSignal.aborted) throw new RunStopped();
    if (error instanceof GiveBack || error instanceof RunFailure) throw error;
    throw new RunFailure("directory_error", messageOf(error));
  }
}

/** A run with someone else's rights must never start, whatever else this machine could offer it. */
function checkIdentity(task: ClaimedTask): void {
  const isWhole = task.token.startsWith("hct_") && task.agent.name !== "" && task.issue.key !== "";
  if (isWhole) return;
  throw new RunFailure("invalid_task_identity", "The claim carries no token of this task.");
}

function usableCli(
  context: RunContext,
  task: ClaimedTask,
): HostedCli & { readonly executable: string } {
  const cli = context.findCli(task.cli);
  const executable = cli?.executable;
  if (cli === undefined || typeof executable !== "string") throw new GiveBack("runtime_offline");
  return { ...cli, executable };
}

type Chosen = {
  readonly cli: HostedCli & { readonly executable: string };
  readonly directories: RunDirectories;
  readonly place: LocalPlace | null;
  readonly held: HeldDirectory;
  readonly announce: (facts: FolderFacts) => Promise<void>;
};

async function fillDirectory(
  context: RunContext,
  run: ActiveRun,
  chosen: Chosen,
): Promise<PreparedRun> {
  const { task } = run;
  const { cli, directories, place, held, announce } = chosen;
  const signal = AbortSignal.any([run.stopSignal, AbortSignal.timeout(prepareMs)]);
  await makeDirectories(directories, task, place);
  await removeMeta(directories.root);
  await announce({
    root: directories.root,
    workDirectory: directories.work,
    worktree: place?.mode === "worktree" ? worktreeOf(task, directories, place) : null,
  });
  const filled = await fillWork(context, run, chosen, signal);
  const skills = await lendSkills(context, task, { cli, directories }, signal);
  const temporary = path.join(context.paths.temporary, temporaryName(task));
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const briefPlace = {
    directory: directories.work,
    name: cli.spec.context.file,
    kind: await kindOfFolder(directories, place),
  };
  await announce({ brief: briefPlace });
  const brief = await installBrief({ ...briefPlace, brief: skills.brief });
  const takeBack = async (): Promise<void> => {
    await skills.takeBack();
    await brief.restore();
  };
  return {
    cli,
    directories,
    temporary,
    displayDirectory: await displayPath(directories.work),
    branch: filled.branch,
    notice: filled.notice,
    place,
    identity: await commitIdentity(directories.work, task.agent.name, context.config.environment),
    excludes: await writeExcludes(directories.root, cli.spec.context.file, place),
    resumeSessionId: resumableSession(cli, task, directories),
    brief,
    briefText: skills.brief,
    skillDocuments: skills.documents,
    usesPrivateHome: skills.documents.length > 0 && cli.spec.context.skillsIn === "private-home",
    async leaveWork() {
      await takeBack();
      if (place?.mode !== "worktree") return { branch: filled.branch, problem: null };
      return settleWorktree(context.worktrees, worktreeOf(task, directories, place));
    },
    async cleanUp() {
      await takeBack();
      await removeTree(temporary);
    },
    release: () => held.release(),
  };
}

/** A session lives in its folder: elsewhere the CLI would not find it, or find another's. */
function resumableSession(
  cli: HostedCli,
  task: ClaimedTask,
  directories: RunDirectories,
): string | null {
  if (task.resume === null || cli.spec.resume.kind === "none") return null;
  const isSamePlace = path.resolve(task.resume.workDirectory) === directories.work;
  return isSamePlace ? task.resume.sessionId : null;
}

/** What a run works on: repositories in its own folder, or a person's folder. */
async function fillWork(
  context: RunContext,
  { task }: ActiveRun,
  { cli, directories, place }: Chosen,
  signal: AbortSignal,
): Promise<{ readonly branch: string | null; readonly notice: string | null }> {
  const { repositories } = context;
  if (place === null) {
    const { gitData } = cli.spec.context;
    const checkout = { repositories, task, directories, gitData, signal };
    const branch = await checkOutRepositories(checkout);
    return { branch, notice: null };
  }
  if (place.mode === "in_place") return { branch: null, notice: null };
  return prepareWorktree(context, task, place, { directories, signal });
}

async function kindOfFolder(
  { work }: RunDirectories,
  place: LocalPlace | null,
): Promise<"checkout" | "worktree" | "person" | "plain"> {
  if (place !== null) return place.mode === "worktree" ? "worktree" : "person";
  return (await isThere(path.join(work, ".git"))) ? "checkout" : "plain";
}
