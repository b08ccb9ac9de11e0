import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";

import { type ClusterPaths, clusterPaths } from "./cluster-paths.ts";
import { connectionUrl } from "./connection-url.ts";
import { createCluster } from "./create-cluster.ts";
import { describeFileError } from "./describe-file-error.ts";
import { acquireDirectoryLock } from "./directory-lock.ts";
import { findRunningServer } from "./find-running-server.ts";
import { chooseLaunchMethod, giveToOwner } from "./launch-method.ts";
import { launchServer } from "./launch-server.ts";
import { makeDirectory } from "./make-directory.ts";
import { locateNativeBinaries } from "./native-binaries.ts";
import { resetPassword } from "./reset-password.ts";
import { keepServerLogSmall } from "./server-log.ts";
import type { Durability } from "./server-settings.ts";
import { stopPostmaster } from "./stop-postmaster.ts";

export type EmbeddedPostgresOptions = {
  /** Headcount's data directory; everything of the database stands in its folder `postgres`. */
  readonly dataDirectory: string;
  /** `safe` unless the data may be lost, as in tests. */
  readonly durability?: Durability;
  readonly log?: (message: string) => void;
};

export type EmbeddedPostgres = {
  /** The database `postgres` as its superuser, on 127.0.0.1, password included. */
  readonly url: string;
  readonly port: number;
  /** True when the server was already running, left behind by a parent that was killed. */
  readonly adopted: boolean;
  /** In words: as which user PostgreSQL runs. */
  readonly launchedAs: string;
  /** Fast shutdown; returns when the server's process is gone. A second call waits for the first. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

type RunningServer = Pick<EmbeddedPostgres, "port" | "adopted" | "launchedAs"> & {
  readonly pid: number;
};

/**
 * Starts PostgreSQL 18 below the data directory, making the cluster first when there is none, or takes over the
 * server that a killed parent left running there.
 *
 * One process owns the directory at a time: a second start, from this process or another, fails while the first one
 * lasts. It never shares the server, because whoever stops first would stop it for both.
 *
 * @throws DirectoryLockedError when another start holds the directory
 * @throws EmbeddedPostgresError for everything a person can put right, with the next step
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const paths = clusterPaths(options.dataDirectory);
  prepareDirectory(paths, options.dataDirectory);
  const lock = await acquireDirectoryLock(paths.root, { role: "embedded database" });
  let server: RunningServer;
  let url: string;
  try {
    server = await adoptOrLaunch(paths, options);
    url = connectionUrl(paths.password, server.port);
  } catch (error) {
    lock.release();
    throw describeFileError(error, options.dataDirectory);
  }
  const endLogKeeping = keepServerLogSmall(paths.log);
  let stopping: Promise<void> | undefined;
  const stopOnce = async (): Promise<void> => {
    endLogKeeping();
    await stopPostmaster(paths.cluster, server.pid);
    lock.release();
  };
  const stop = (): Promise<void> => (stopping ??= stopOnce());
  const { port, adopted, launchedAs } = server;
  return { url, port, adopted, launchedAs, stop, [Symbol.asyncDispose]: stop };
}

async function adoptOrLaunch(
  paths: ClusterPaths,
  options: EmbeddedPostgresOptions,
): Promise<RunningServer> {
  const { durability = "safe", log = () => {} } = options;
  const isNew = !existsSync(path.join(paths.cluster, "PG_VERSION"));
  const running = isNew ? null : await findRunningServer(paths);
  if (running) {
    log(`Took over the PostgreSQL that was still running (process ${running.pid}).`);
    return { ...running, adopted: true, launchedAs: "the user of the earlier start" };
  }
  const binaries = locateNativeBinaries(paths.root);
  const method = chooseLaunchMethod(binaries, paths.root);
  if (isNew) {
    log(`Making a new database in ${paths.root}.`);
    await createCluster(paths, method, durability);
  } else {
    giveToOwner(method, paths.cluster);
    if (!existsSync(paths.password)) await resetPassword(paths, method);
  }
  const server = await launchServer(paths, method, durability);
  return { ...server, adopted: false, launchedAs: method.launchedAs };
}

function prepareDirectory(paths: ClusterPaths, dataDirectory: string): void {
  try {
    makeDirectory(paths.root);
    accessSync(paths.root, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw describeFileError(error, dataDirectory);
  }
}
