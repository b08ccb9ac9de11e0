import os from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { readStatus } from "../daemon/read-status.ts";
import type { DaemonStatus } from "@headcount/daemon/control/control-protocol";
import type { Cli } from "../cli.ts";
import { lastWords } from "../daemon/last-words.ts";
import { findStateDirectory } from "../daemon/find-state-directory.ts";
import type { Checks } from "./checks.ts";
import type { Person } from "./find-access.ts";

export type DaemonQuestion = {
  readonly dataDir: string | undefined;
  /** A server of this machine enrols its daemon a moment after its first owner appeared. */
  readonly mayEnrolSoon: boolean;
  /** Asks the server when no daemon answers here; null when nobody is signed in. */
  readonly person: Person | null;
};

const enrolmentLimitMs = 30_000;
const oldestRecordMs = 60_000;

/** @returns what the daemon says about itself; null when none answers */
export async function checkDaemon(
  cli: Cli,
  question: DaemonQuestion,
  checks: Checks,
): Promise<DaemonStatus | null> {
  const status = await waitForStatus(cli, question);
  if (!status && question.person && (await isServedBySomebody(question.person))) {
    const machine = os.hostname();
    checks.pass(
      "daemon",
      `${machine} serves this workspace, from another profile or the server's own folder`,
    );
    return null;
  }
  if (!status) {
    const words = await lastWords(await findStateDirectory(cli, question.dataDir));
    checks.fail("daemon", `none runs on this machine${words}`, "Run `headcount daemon start`.");
    return null;
  }
  checkPhase(status, checks);
  checkOutbox(status, checks);
  return status;
}

/** A daemon of another profile, or the server's own in an unknown folder, is known to the server. */
async function isServedBySomebody({ call, workspace }: Person): Promise<boolean> {
  const { items } = await call("runtimes.list", { workspace });
  return items.some(
    (runtime) => runtime.machineName === os.hostname() && runtime.health === "online",
  );
}

async function waitForStatus(cli: Cli, question: DaemonQuestion): Promise<DaemonStatus | null> {
  const limitMs = question.mayEnrolSoon ? enrolmentLimitMs : 0;
  for (const started = performance.now(); ;) {
    const status = await readStatus(await findStateDirectory(cli, question.dataDir));
    const isReady = status?.phase === "running" && status.connected;
    if (isReady || performance.now() - started >= limitMs) return status;
    await delay(250, undefined, { signal: cli.io.signal });
  }
}

function checkPhase(status: DaemonStatus, checks: Checks): void {
  const { phase, deviceName, pid, serverUrl } = status;
  const who = `${deviceName}, process ${pid}`;
  if (phase === "waiting_for_enrolment") {
    return checks.fail("daemon", `${who}, is not enrolled`, "Run `headcount setup`.");
  }
  if (!status.connected) {
    const fix = "Check the network, and `headcount daemon logs`.";
    return checks.fail("daemon", `${who}, does not reach ${serverUrl}`, fix);
  }
  if (status.machineProblem !== null) {
    const fix = "Free space on the disk of the work root.";
    return checks.fail("daemon", `${who}, takes no work: ${status.machineProblem}`, fix);
  }
  const mode = status.socketOpen ? "is told about work by its socket" : "asks for work";
  checks.pass("daemon", `${who}, is ${phase} and ${mode}`);
}

function checkOutbox({ outbox, rejected }: DaemonStatus, checks: Checks): void {
  if (outbox.oldestAgeMs > oldestRecordMs) {
    const seconds = Math.round(outbox.oldestAgeMs / 1_000);
    const detail = `${outbox.depth} records wait, the oldest for ${seconds} s`;
    return checks.fail("outbox", detail, "Look at `headcount daemon outbox`.");
  }
  const refused = rejected.length > 0 ? `, ${rejected.length} were refused` : "";
  checks.pass("outbox", `${outbox.depth} records wait${refused}`);
}
