import { mkdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { daemon } from "@headcount/contract/daemon/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { messageOf } from "../log.ts";
import type { HostedCli } from "../machine/hosted-cli.ts";
import { lendSkills } from "../skills/lend-skills.ts";
import { isMissing } from "../state/atomic-file.ts";
import type { ActiveRun } from "./active-run.ts";
import { installBrief, type InstalledBrief } from "./context-file.ts";
import { checkOutRepositories } from "./check-out-repositories.ts";
import type { RunContext } from "./run-context.ts";
import {
  chooseDirectories,
  displayPath,
  makeDirectories,
  removeMeta,
  shortTaskId,
  type RunDirectories,
} from "./run-directories.ts";
import { GiveBack, RunFailure, RunStopped } from "./run-ending.ts";

const prepareMs = 5 * 60_000;

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
  /** Skills wait in the private home of the CLI. */
  readonly usesPrivateHome: boolean;
  /** Removes what must not outlive the run. */
  cleanUp(): Promise<void>;
};

/**
 * Checks the task, waits for its folder and fills it.
 *
 * @throws GiveBack, RunFailure or RunStopped
 */
export async function prepareRun(context: RunContext, run: ActiveRun): Promise<PreparedRun> {
  const { task } = run;
  checkIdentity(task);
  const cli = usableCli(context, task);
  const directories = await chooseDirectories(context.config.workRoot, task);
  await takeDirectory(context, run, directories);
  try {
    return await fillDirectory(context, run, cli, directories);
  } catch (error) {
    context.locks.release(directories.root);
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

async function takeDirectory(
  context: RunContext,
  run: ActiveRun,
  directories: RunDirectories,
): Promise<void> {
  const { locks, client, log } = context;
  const { task } = run;
  const holderName = `${task.agent.name} on ${task.issue.key}`;
  while (!locks.tryTake(directories.root, holderName)) {
    if (run.stopSignal.aborted) throw new RunStopped();
    run.step = "waiting_directory";
    const { taskId, workspaceId, lease } = task;
    const directory = await displayPath(directories.root);
    const holder = locks.holderOf(directories.root) ?? "";
    await client
      .call(daemon.waiting, { taskId, workspaceId, lease, directory, holder })
      .catch((error: unknown) => {
        log("warn", "waiting for a folder was not reported", { taskId, error: messageOf(error) });
      });
    await locks.released(directories.root, run.stopSignal);
  }
  run.step = "preparing";
}

async function fillDirectory(
  context: RunContext,
  run: ActiveRun,
  cli: HostedCli & { readonly executable: string },
  directories: RunDirectories,
): Promise<PreparedRun> {
  const { task } = run;
  const signal = AbortSignal.any([run.stopSignal, AbortSignal.timeout(prepareMs)]);
  await makeDirectories(directories, task);
  await removeMeta(directories.root);
  const { repositories } = context;
  const branch = await checkOutRepositories({ repositories, task, directories, signal });
  const skills = await lendSkills(context, task, { cli, directories }, signal);
  const temporary = path.join(context.paths.temporary, `${shortTaskId(task.taskId)}-${task.lease}`);
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const brief = await installBrief({
    directory: directories.work,
    name: cli.spec.context.file,
    brief: skills.brief,
    isOwnCheckout: await isCheckout(directories.work),
  });
  return {
    cli,
    directories,
    temporary,
    displayDirectory: await displayPath(directories.work),
    branch,
    resumeSessionId: resumableSession(cli, task, directories),
    brief,
    briefText: skills.brief,
    usesPrivateHome: skills.count > 0 && cli.spec.context.skillsIn === "private-home",
    async cleanUp() {
      await skills.takeBack();
      await brief.restore();
      await rm(temporary, { recursive: true, force: true });
    },
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

async function isCheckout(directory: string): Promise<boolean> {
  return isThere(path.join(directory, ".git"));
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
