import { setTimeout as delay } from "node:timers/promises";

import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { findPostmasterFile } from "./postmaster-file.ts";
import { isProcessAlive } from "./process-alive.ts";

/**
 * Shuts the server down fast (SIGINT: sessions end, a checkpoint is written) and waits until its process is gone;
 * after 8 s at once (SIGQUIT: the next start replays the log). Signals:
 * https://www.postgresql.org/docs/18/server-shutdown.html
 *
 * @throws EmbeddedPostgresError `stop_failed` when the process outlives both
 */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", 8_000],
    ["SIGQUIT", 5_000],
  ] as const) {
    if (!sendSignal(pid, signal) || (await isGoneWithin(pid, patienceMs))) {
      return assertReleased(cluster, pid);
    }
  }
  throw new EmbeddedPostgresError("stop_failed", {
    message: `PostgreSQL (process ${pid}) did not stop.`,
    nextStep: `End it with \`kill -QUIT ${pid}\`; the next start repairs the rest.`,
  });
}

function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function isGoneWithin(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (isProcessAlive(pid)) {
    if (Date.now() > deadline) return false;
    await delay(10);
  }
  return true;
}

/** A server that ended in order removes its own process id file. */
function assertReleased(cluster: string, pid: number): void {
  if (isProcessAlive(pid) && findPostmasterFile(cluster)?.pid === pid) {
    throw new EmbeddedPostgresError("stop_failed", {
      message: `PostgreSQL (process ${pid}) still holds its data directory.`,
      nextStep: `End it with \`kill -INT ${pid}\` as the user that runs it.`,
    });
  }
}
