import path from "node:path";
import { fileURLToPath } from "node:url";
import { acquireDirectoryLock } from "@headcount/embedded-postgres/directory-lock";
import { startEmbeddedPostgres } from "@headcount/embedded-postgres/start-embedded-postgres";
import { type App, createApp, type Service } from "./app.ts";
import { listen } from "./listen.ts";
import { localDaemonService } from "./local-daemon.ts";
import type { MetricsRegistry } from "./metrics/create-registry.ts";
import { noMetrics } from "./metrics/metrics.ts";
import { plain } from "./metrics/read-database-gauges.ts";
import { serveMetrics } from "./metrics/serve-metrics.ts";
import type { ServerConfig } from "./platform/config.ts";
import { loadInstanceKey } from "./platform/instance-key.ts";
import { createLog, type Log } from "./platform/log.ts";
import { migrate } from "./platform/migrate.ts";
import { createSecrets } from "./platform/secrets.ts";
import { startPatience } from "./platform/start-patience.ts";
import { superviseServices } from "./supervise.ts";
import { mintOwnerLink } from "./users/owner-link.ts";

export type RunningServer = {
  readonly app: App;
  readonly url: string;
  /** Null once the installation has an owner. */
  readonly ownerLink: string | null;
  readonly databaseLaunchedAs: string;
  /** Where the local daemon writes its log; null without one. */
  readonly daemonLog: string | null;
  /** Stops everything in order: work first, then the API, then the database. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const webDirectory = fileURLToPath(new URL("../../web/dist/", import.meta.url));

type Undo = () => Promise<void> | void;

/**
 * Starts the whole platform in this process: database, migrations, API, web, realtime, jobs and
 * the local daemon as a supervised child.
 * @throws DirectoryLockedError, EmbeddedPostgresError, MigrationError, ListenError, ConfigError
 */
export async function startServer(
  config: ServerConfig,
  log: Log = createLog({ level: config.logLevel }),
): Promise<RunningServer> {
  const undo: Undo[] = [];
  const stop = once(async () => {
    for (const step of undo.toReversed()) await step();
  });
  try {
    return await startParts(config, log, { undo, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  config: ServerConfig,
  log: Log,
  { undo, stop }: { undo: Undo[]; stop: () => Promise<void> },
): Promise<RunningServer> {
  for (const warning of config.warnings) log.warn(warning);
  const lock = await acquireDirectoryLock(config.dataDirectory, { role: "Headcount server" });
  undo.push(() => lock.release());
  const secrets = createSecrets(await loadInstanceKey(config.secretKey, config.dataDirectory));
  const database = await openConfiguredDatabase(config, log);
  undo.push(database.stop);
  const patiently = startPatience(log);
  await patiently(() => migrate(database.url));

  const registry = config.metrics ? await loadRegistry() : null;
  const metrics = registry?.metrics ?? noMetrics;
  const app = createApp({ config, databaseUrl: database.url, secrets, log, metrics });
  undo.push(app.close);
  const background = new AbortController();
  const listener = await listen(app, {
    host: config.host,
    port: config.port,
    webDirectory: config.roles.has("web") ? webDirectory : null,
  });
  const stateDirectory = path.join(config.dataDirectory, "daemon");
  const services: Service[] = [{ name: "signals", run: app.signals.run }];
  if (config.roles.has("realtime")) services.push({ name: "feed", run: app.feed.run });
  if (config.roles.has("jobs")) {
    services.push(
      { name: "jobs", run: app.jobs.run },
      app.usageFolder,
      app.liveSampler,
      app.noticeSender,
    );
  }
  if (config.localDaemon)
    services.push(localDaemonService({ app, stateDirectory, serverUrl: () => listener.url }));
  const running = superviseServices(services, background.signal, log);
  undo.push(listener.close);
  if (registry && config.metrics) {
    const served = await serveMetrics({
      ...config.metrics,
      registry,
      // Past any pooler: these settings of a session are for nobody else.
      databaseUrl: app.database.listenUrl,
      readProcess: () => [
        plain(
          "headcount_sockets",
          "Open sockets of browsers and machines.",
          listener.socketCount(),
        ),
        plain(
          "headcount_database_pool_connections_max",
          "Most connections that this process opens for people, agents and jobs.",
          config.databaseMaxConnections,
        ),
      ],
      log,
    });
    log.info({ url: served.url }, "metrics are served");
    undo.push(served.close);
  }
  // Before the listener: what the local daemon still has to say then reaches us.
  undo.push(async () => {
    background.abort();
    await running;
  });
  return {
    app,
    url: listener.url,
    ownerLink: await patiently(() => mintOwnerLink(app)),
    databaseLaunchedAs: database.launchedAs,
    daemonLog: config.localDaemon ? path.join(stateDirectory, "daemon.log") : null,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Loaded only where somebody asks for metrics. */
async function loadRegistry(): Promise<MetricsRegistry> {
  const { createRegistry } = await import("./metrics/create-registry.ts");
  return createRegistry();
}

async function openConfiguredDatabase(
  config: ServerConfig,
  log: Log,
): Promise<{ url: string; launchedAs: string; stop: () => Promise<void> }> {
  if (config.databaseUrl !== null)
    return { url: config.databaseUrl, launchedAs: "external server", stop: async () => {} };
  const postgres = await startEmbeddedPostgres({
    dataDirectory: config.dataDirectory,
    log: (message) => log.debug(message),
  });
  return { url: postgres.url, launchedAs: postgres.launchedAs, stop: postgres.stop };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => (running ??= run());
}
