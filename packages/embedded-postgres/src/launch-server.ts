import { spawn, type ChildProcess } from "node:child_process";
import { closeSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

import type { ClusterPaths } from "./cluster-paths.ts";
import { diskFull } from "./describe-file-error.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { commandFor, type LaunchMethod } from "./launch-method.ts";
import { findPostmasterFile } from "./postmaster-file.ts";
import { openServerLog, readServerLog } from "./server-log.ts";
import { serverArguments, type Durability } from "./server-settings.ts";

/** Replaying the log after a crash may take a while; past this it is better to say so. */
const startPatienceMs = 180_000;
const attempts = 10;

/**
 * Starts the server on a free port and waits until it takes connections.
 *
 * Between finding a free port and PostgreSQL binding it somebody else may take it; the server then refuses to start
 * and another port is tried. The processes of a server killed a moment ago may also need a moment to go.
 *
 * @throws EmbeddedPostgresError `disk_full`, `start_failed`
 */
export async function launchServer(
  paths: ClusterPaths,
  method: LaunchMethod,
  durability: Durability,
): Promise<{ readonly pid: number; readonly port: number }> {
  let output = "";
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = await findFreePort();
    const result = await launchOnce(paths, method, {
      port,
      arguments: ["-D", paths.cluster, "-p", String(port), ...serverArguments(durability)],
    });
    if (typeof result === "number") return { pid: result, port };
    output = result.output;
    if (output.includes("No space left on device")) throw diskFull(paths.root);
    if (!isWorthAnotherAttempt(output)) break;
    await delay(200);
  }
  throw startFailed(paths, output);
}

async function launchOnce(
  paths: ClusterPaths,
  method: LaunchMethod,
  server: { readonly port: number; readonly arguments: readonly string[] },
): Promise<number | { readonly output: string }> {
  const command = commandFor(method, "postgres", server.arguments);
  const log = openServerLog(paths.log);
  // A session of its own: Ctrl-C reaches Headcount, which then stops the server in order. The log is a file and not
  // a pipe, because the server outlives a killed parent and must be able to go on writing.
  const child = spawn(command.file, command.arguments, {
    ...method.spawnOptions,
    cwd: paths.root,
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  closeSync(log.fd);
  child.unref();
  const ended = watchEnd(child);
  const deadline = Date.now() + startPatienceMs;
  while (!ended.reason && Date.now() < deadline) {
    const file = findPostmasterFile(paths.cluster);
    if (child.pid !== undefined && file?.pid === child.pid && file.status === "ready") {
      return child.pid;
    }
    await delay(5);
  }
  if (!ended.reason) child.kill("SIGQUIT");
  return { output: `${readServerLog(paths.log, log.startsAt)}\n${ended.reason ?? "no answer"}` };
}

function watchEnd(child: ChildProcess): { reason?: string } {
  const ended: { reason?: string } = {};
  child.once("error", (error) => (ended.reason = error.message));
  child.once("exit", (code, signal) => (ended.reason = `it ended with ${signal ?? code}`));
  return ended;
}

function isWorthAnotherAttempt(output: string): boolean {
  return (
    output.includes("Address already in use") ||
    output.includes("could not create any TCP/IP sockets") ||
    output.includes("pre-existing shared memory block")
  );
}

function startFailed(paths: ClusterPaths, output: string): EmbeddedPostgresError {
  const lines = output.trim().split("\n");
  const reason = lines.findLast((line) => /(FATAL|PANIC|ERROR): /.test(line)) ?? lines.at(-1) ?? "";
  return new EmbeddedPostgresError("start_failed", {
    message: `PostgreSQL did not start: ${reason.replace(/^.*(FATAL|PANIC|ERROR):\s*/, "")}.`,
    nextStep: `See ${paths.log} for what happened.`,
  });
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
