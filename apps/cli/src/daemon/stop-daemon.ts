import { setTimeout as delay } from "node:timers/promises";
import { requestDaemonStop } from "@headcount/daemon/control/control-client";
import { readStatus } from "./read-status.ts";
import type { Cli } from "../cli.ts";
import { CliError } from "../errors/cli-error.ts";
import type { Profile } from "../settings/profile.ts";

/** Running tasks get 30 s, reports and the farewell some more. */
const stopLimitMs = 60_000;

/** Asks the daemon of a profile to stop and waits until it is gone. @returns whether one ran */
export async function stopDaemon(cli: Cli, profile: Profile): Promise<boolean> {
  const status = await readStatus(profile.paths.root);
  if (!status || !(await requestDaemonStop(profile.paths.root, "asked by a person"))) return false;
  if (status.tasks.length > 0) cli.hint(`Waiting for running tasks: ${status.tasks.length}.`);
  for (const started = performance.now(); performance.now() - started < stopLimitMs;) {
    if (!isAlive(status.pid)) return true;
    await delay(100, undefined, { signal: cli.io.signal });
  }
  throw new CliError(`The daemon (process ${status.pid}) has not stopped yet.`, {
    nextStep: "Look at `headcount daemon logs`.",
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
