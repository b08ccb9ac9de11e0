import { existsSync } from "node:fs";
import path from "node:path";
import { clusterPaths } from "@headcount/embedded-postgres/cluster-paths";
import { connectionUrl } from "@headcount/embedded-postgres/connection-url";
import { findRunningServer } from "@headcount/embedded-postgres/find-running-server";
import { type App, createApp } from "@headcount/server/app";
import { readServerConfig } from "@headcount/server/platform/config";
import { loadInstanceKey } from "@headcount/server/platform/instance-key";
import { createLog } from "@headcount/server/platform/log";
import { createSecrets } from "@headcount/server/platform/secrets";
import type { Cli } from "../cli.ts";
import { CliError, exitCodes } from "../errors/cli-error.ts";
import { serverDataDirectory } from "../daemon/find-state-directory.ts";
import { findServerAddress } from "../server/address-file.ts";

/** The installation behind a data directory, opened beside its running server. */
export type Instance = AsyncDisposable & {
  readonly app: App;
  readonly serverUrl: string;
  readonly dataDirectory: string;
};

export const dataDirectoryOption = {
  value: "PATH",
  summary: "data directory of the server, ~/.headcount/server unless stated",
} as const;

/**
 * Opens the running server's database with the server's own code. Whoever can read the data
 * directory holds its key anyway, so no sign-in is asked for.
 *
 * @throws CliError when there is no installation, it cannot be read, or its server does not run
 */
export async function openInstance(cli: Cli, flag: string | undefined): Promise<Instance> {
  const dataDirectory = serverDataDirectory(cli, flag);
  const config = readServerConfig({ dataDir: dataDirectory }, cli.io.environment);
  if (config.secretKey === null && !existsSync(path.join(dataDirectory, "secret.key"))) {
    throw new CliError(`${dataDirectory} holds no installation of Headcount.`, {
      exitCode: exitCodes.notFound,
      nextStep: "Name its data directory with --data-dir, on the machine of the server.",
    });
  }
  const databaseUrl = config.databaseUrl ?? (await embeddedUrl(dataDirectory));
  const key = await loadInstanceKey(config.secretKey, dataDirectory);
  const address = findServerAddress(dataDirectory);
  const serverUrl = config.publicUrl ?? address?.url ?? `http://${config.host}:${config.port}`;
  const log = createLog({ level: "silent" });
  const app = createApp({
    config: { ...config, publicUrl: serverUrl, databaseMaxConnections: 2 },
    databaseUrl,
    secrets: createSecrets(key),
    log,
  });
  return { app, serverUrl, dataDirectory, [Symbol.asyncDispose]: () => app.close() };
}

async function embeddedUrl(dataDirectory: string): Promise<string> {
  const paths = clusterPaths(dataDirectory);
  const running = existsSync(paths.password) ? await findRunningServer(paths) : null;
  if (running) return connectionUrl(paths.password, running.port);
  throw new CliError(`The server of ${dataDirectory} does not run.`, {
    nextStep: "Start it with `headcount server`, then try again.",
  });
}
