import { existsSync, realpathSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

import postgres from "postgres";

import type { ClusterPaths } from "./cluster-paths.ts";
import { connectionUrl } from "./connection-url.ts";
import {
  disownPostmasterFile,
  findPostmasterFile,
  type PostmasterFile,
} from "./postmaster-file.ts";
import { isProcessAlive } from "./process-alive.ts";
import { readCommandLine } from "./process-command-line.ts";
import { stopPostmaster } from "./stop-postmaster.ts";

const patienceMs = 30_000;

/**
 * Looks for a server that a killed parent left behind on this cluster, and clears away what only looks like one.
 *
 * It counts as ours when its process lives, names this cluster on its command line, lets us in with our password and
 * reports this cluster as its data directory. A process id that meanwhile belongs to something else is a stale file.
 * Our own server that does not answer in 30 s is stopped. Null: nothing runs here, the cluster may be started.
 */
export async function findRunningServer(paths: ClusterPaths): Promise<PostmasterFile | null> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const file = findPostmasterFile(paths.cluster);
    if (!file) return null;
    if (!isProcessAlive(file.pid) || !isServerOf(paths, file.pid)) {
      disownPostmasterFile(paths.cluster);
      return null;
    }
    if (file.status === "ready" && (await answersAsOurs(paths, file.port))) return file;
    if (Date.now() > deadline) {
      await stopPostmaster(paths.cluster, file.pid);
      return null;
    }
    await delay(100);
  }
}

function isServerOf(paths: ClusterPaths, pid: number): boolean {
  const commandLine = readCommandLine(pid);
  // Windows does not tell; there the authenticated question alone decides.
  if (commandLine === undefined) return process.platform === "win32";
  return commandLine.includes(`-D ${paths.cluster} `);
}

async function answersAsOurs(paths: ClusterPaths, port: number): Promise<boolean> {
  if (!existsSync(paths.password) || !Number.isSafeInteger(port)) return false;
  const sql = postgres(connectionUrl(paths.password, port), { max: 1, connect_timeout: 5 });
  try {
    const [row] = await sql<{ data_directory: string }[]>`show data_directory`;
    return row !== undefined && realpathSync(row.data_directory) === realpathSync(paths.cluster);
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
