import { spawn } from "node:child_process";
import { mkdir, open, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { daemonNodeFlags } from "@headcount/client/daemon-node-flags";
import { readStatus } from "./read-status.ts";
import type { Cli } from "../cli.ts";
import { CliError } from "../errors/cli-error.ts";
import type { Profile } from "../settings/profile.ts";
import { daemonLogFile } from "./daemon-log.ts";

const entry = fileURLToPath(import.meta.resolve("@headcount/daemon/main"));
const startLimitMs = 20_000;

export type StartedDaemon = { readonly pid: number; readonly log: string };

/**
 * Starts the daemon apart from this terminal and waits until it answers.
 *
 * @throws CliError when one is running already, or with its last words when it ends at once
 */
export async function startInBackground(
  cli: Cli,
  profile: Profile,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StartedDaemon> {
  const running = await readStatus(profile.paths.root);
  if (running) {
    throw new CliError(`The daemon of this profile already runs as process ${running.pid}.`, {
      nextStep: "Stop it with `headcount daemon stop`, or use `headcount daemon restart`.",
    });
  }
  const log = daemonLogFile(profile);
  await mkdir(profile.paths.logs, { recursive: true, mode: 0o700 });
  const file = await open(log, "a", 0o600);
  const { size } = await file.stat();
  const child = spawn(process.execPath, [...daemonNodeFlags, entry], {
    env: { ...environment },
    stdio: ["ignore", file.fd, file.fd],
    detached: true,
    cwd: profile.paths.root,
  });
  await file.close();
  child.unref();
  const exited = new AbortController();
  child.once("exit", () => exited.abort());
  for (const started = performance.now(); performance.now() - started < startLimitMs;) {
    if (exited.signal.aborted) throw await earlyEnd(log, size);
    const status = await readStatus(profile.paths.root);
    if (status) return { pid: status.pid, log };
    await delay(100, undefined, { signal: cli.io.signal });
  }
  throw new CliError("The daemon does not answer yet.", { nextStep: `See ${log}.` });
}

/** The line that a daemon leaves when it cannot start says why. */
async function earlyEnd(log: string, from: number): Promise<CliError> {
  const text = (await readFile(log)).subarray(from).toString("utf8");
  const last = text.trim().split("\n").at(-1) ?? "";
  const message = last.replace(/^\S+ (debug|info|warn|error) /, "");
  return new CliError(message || "The daemon ended at once.", { nextStep: `See ${log}.` });
}
