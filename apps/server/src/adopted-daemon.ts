import path from "node:path";
import { acquireDirectoryLock } from "@headcount/embedded-postgres/directory-lock";
import { DirectoryLockedError } from "@headcount/embedded-postgres/directory-locked-error";
import { isProcessAlive } from "@headcount/embedded-postgres/process-alive";
import { pause } from "./platform/pause.ts";

const lookMs = 1_000;
const endLookMs = 20;

/**
 * Follows a daemon that a killed server left at work until it ends or `stop` fires; then it is
 * ended like a child would be. Returns at once when no daemon holds the state directory.
 */
export async function followAdoptedDaemon(
  stateDirectory: string,
  stop: AbortSignal,
  graceMs: number,
): Promise<void> {
  const pid = await findHolder(stateDirectory);
  if (pid === null) return;
  while (!stop.aborted && isProcessAlive(pid)) await pause(lookMs, stop);
  // Asked again: its number may belong to another process by now.
  if ((await findHolder(stateDirectory)) !== pid) return;
  process.kill(pid, "SIGTERM");
  const deadline = performance.now() + graceMs;
  while (isProcessAlive(pid)) {
    if (performance.now() > deadline) return void process.kill(pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, endLookMs));
  }
}

/** The process that holds the daemon's own lock; null when none does. */
async function findHolder(stateDirectory: string): Promise<number | null> {
  try {
    const lock = await acquireDirectoryLock(path.join(stateDirectory, "lock"), { role: "look" });
    lock.release();
    return null;
  } catch (error) {
    if (error instanceof DirectoryLockedError) return error.pid ?? null;
    throw error;
  }
}
