import { useProxyFor } from "./connection/use-proxy.ts";
import { readDaemonStatus, requestDaemonStop } from "./control/control-client.ts";
import { makeLog, messageOf, type Log } from "./log.ts";
import { pause } from "./pause.ts";
import { startDaemon, type RunningDaemon } from "./start-daemon.ts";
import { redactorOfMachine } from "./runs/run-secrets.ts";
import { readDaemonConfig, type DaemonConfig } from "./state/daemon-config.ts";
import { DaemonRunningError } from "./state/daemon-lock.ts";
import { stateDirectoryOf } from "./state/profile-paths.ts";

/** Tells the parent that a daemon which it did not start already serves this profile. */
const alreadyRunningExitCode = 75;
/** Running tasks of the daemon before get their grace, then it needs a moment to say goodbye. */
const handOverMs = 45_000;

/** The daemon as a program of its own, configured by its environment and `config.json`. */
async function main(): Promise<number> {
  const { redact } = redactorOfMachine(process.env);
  const log = makeLog((line) => process.stderr.write(line), redact);
  logCrashes(log);
  try {
    const config = await readDaemonConfig(stateDirectoryOf(null, process.env), process.env);
    useProxyFor(config.serverUrl, process.env);
    const isLocal = process.env["HEADCOUNT_LOCAL"] === "1";
    const hasAsked = isLocal && (await stopDaemonOfOldAddress(config));
    const running = await startOnceFree(config, log, hasAsked ? handOverMs : 0);
    stopOnSignals(running, isLocal);
    log("info", "daemon ended", { reason: await running.ended });
    return 0;
  } catch (error) {
    log("error", messageOf(error));
    return error instanceof DaemonRunningError ? alreadyRunningExitCode : 1;
  }
}

/**
 * Beside a server on its own machine running tasks get no grace, because the server waits only a
 * few seconds for its daemon; nor do they when somebody asks a second time.
 */
function stopOnSignals(running: RunningDaemon, isLocal: boolean): void {
  let isUrgent = isLocal;
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(name, () => {
      void running.stop(name, ...(isUrgent ? [0] : []));
      isUrgent = true;
    });
  }
}

/** What Node itself would print goes into the log, which everything of ours goes through. */
function logCrashes(log: Log): void {
  const crash = (error: unknown): void => {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log("error", "the daemon crashed", { error: stack });
    process.exit(1);
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
}

/**
 * A daemon that outlived its server goes on by itself when the server comes back. When it comes
 * back at another address, the old daemon would wait for ever at the old one.
 */
async function stopDaemonOfOldAddress({
  stateDirectory,
  serverUrl,
}: DaemonConfig): Promise<boolean> {
  const status = await readDaemonStatus(stateDirectory);
  if (status === null || status.serverUrl === serverUrl) return false;
  return requestDaemonStop(stateDirectory, "the server has moved to another address");
}

/** @throws DaemonRunningError when the profile is still taken after `limitMs` */
async function startOnceFree(
  config: DaemonConfig,
  log: Log,
  limitMs: number,
): Promise<RunningDaemon> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    try {
      return await startDaemon(config, log);
    } catch (error) {
      const mayWait = error instanceof DaemonRunningError && performance.now() < deadline;
      if (!mayWait) throw error;
      await pause(200);
    }
  }
}

process.exitCode = await main();
