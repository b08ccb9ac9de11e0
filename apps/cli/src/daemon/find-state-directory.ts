import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Cli } from "../cli.ts";

/** Flag of the commands that look at a daemon: the one that belongs to a server of this machine. */
export const dataDirectoryOption = {
  value: "PATH",
  summary: "data directory of this machine's server, to look at its own daemon",
} as const;

/** Data directory of the server on this machine, as `headcount server` chooses it. */
export function serverDataDirectory(cli: Cli, flag: string | undefined): string {
  const chosen = flag ?? (cli.io.environment["HEADCOUNT_DATA_DIR"] || undefined);
  const home = cli.io.environment["HOME"] || os.homedir();
  return path.resolve(cli.io.workDirectory, chosen ?? path.join(home, ".headcount", "server"));
}

/**
 * Where the state of the daemon that is meant stands: with `--data-dir` the server's own, else the
 * profile's; and where that one never was enrolled, the server's own again.
 */
export async function findStateDirectory(cli: Cli, flag: string | undefined): Promise<string> {
  const ofServer = path.join(serverDataDirectory(cli, flag), "daemon");
  if (flag !== undefined) return ofServer;
  const { paths } = await cli.profile();
  const isEnrolled = existsSync(paths.token);
  return !isEnrolled && existsSync(path.join(ofServer, "daemon-token")) ? ofServer : paths.root;
}
