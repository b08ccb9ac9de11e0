import { daemon } from "@headcount/contract/daemon/routes";
import { tryLockPath } from "../local-directory/lock-path.ts";
import { messageOf } from "../log.ts";
import { pause } from "../pause.ts";
import type { ActiveRun } from "./active-run.ts";
import type { RunContext } from "./run-context.ts";
import { displayPath, type LocalPlace, type RunDirectories } from "./run-directories.ts";
import { RunStopped } from "./run-ending.ts";

/** Folders that only this run works in until it lets go of them. */
export type HeldDirectory = { release(): void };

const otherDaemonMs = 2_000;

/**
 * Waits until the run has its folders for itself: the folder of the person that it works in, then
 * its own. All runs take them in that order, so that no two wait for each other.
 *
 * @throws RunStopped
 */
export async function takeDirectory(
  context: RunContext,
  run: ActiveRun,
  directories: RunDirectories,
  place: LocalPlace | null,
): Promise<HeldDirectory> {
  const held: HeldDirectory[] = [];
  const release = (): void => {
    for (const one of held.toReversed()) one.release();
    held.length = 0;
  };
  try {
    if (place?.mode === "in_place") held.push(await takePlace(context, run, place.path));
    await take(context, run, directories.root);
    held.push({ release: () => context.locks.release(directories.root) });
  } catch (error) {
    release();
    throw error;
  }
  run.step = "preparing";
  return { release };
}

/** Waits for other runs of this daemon, then for other daemons of this machine. */
async function takePlace(
  context: RunContext,
  run: ActiveRun,
  folder: string,
): Promise<HeldDirectory> {
  for (;;) {
    await take(context, run, folder);
    const lock = await tryLockPath(folder).catch((error: unknown) => {
      context.locks.release(folder);
      throw error;
    });
    if (lock !== null) {
      return {
        release() {
          lock.release();
          context.locks.release(folder);
        },
      };
    }
    context.locks.release(folder);
    await sayWaiting(context, run, folder, "another daemon of this machine");
    await pause(otherDaemonMs, run.stopSignal);
    if (run.stopSignal.aborted) throw new RunStopped();
  }
}

async function take(context: RunContext, run: ActiveRun, folder: string): Promise<void> {
  const { locks } = context;
  const { task } = run;
  while (!locks.tryTake(folder, `${task.agent.name} on ${task.issue.key}`)) {
    if (run.stopSignal.aborted) throw new RunStopped();
    await sayWaiting(context, run, folder, locks.holderOf(folder) ?? "");
    await locks.released(folder, run.stopSignal);
  }
}

async function sayWaiting(
  { client, log }: RunContext,
  run: ActiveRun,
  folder: string,
  holder: string,
): Promise<void> {
  run.step = "waiting_directory";
  const { taskId, workspaceId, lease } = run.task;
  const directory = await displayPath(folder);
  await client
    .call(daemon.waiting, { taskId, workspaceId, lease, directory, holder })
    .catch((error: unknown) => {
      log("warn", "waiting for a folder was not reported", { taskId, error: messageOf(error) });
    });
}
