import { useProxyFor } from "./connection/use-proxy.ts";
import { makeLog, messageOf } from "./log.ts";
import { startDaemon } from "./start-daemon.ts";
import { readDaemonConfig } from "./state/daemon-config.ts";
import { DaemonRunningError } from "./state/daemon-lock.ts";
import { stateDirectoryOf } from "./state/profile-paths.ts";

/** Tells the parent that a daemon which it did not start already serves this profile. */
const alreadyRunningExitCode = 75;
/** Beside a server on its own machine: the server waits only a few seconds for its daemon. */
const localGraceMs = 0;

/** The daemon as a program of its own, configured by its environment and `config.json`. */
async function main(): Promise<number> {
  const log = makeLog((line) => process.stderr.write(line));
  try {
    const config = await readDaemonConfig(stateDirectoryOf(null, process.env), process.env);
    useProxyFor(config.serverUrl, process.env);
    const running = await startDaemon(config, log);
    const graceMs = process.env["HEADCOUNT_LOCAL"] === "1" ? [localGraceMs] : [];
    for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
      process.once(name, () => void running.stop(name, ...graceMs));
    }
    log("info", "daemon ended", { reason: await running.ended });
    return 0;
  } catch (error) {
    log("error", messageOf(error));
    return error instanceof DaemonRunningError ? alreadyRunningExitCode : 1;
  }
}

process.exitCode = await main();
