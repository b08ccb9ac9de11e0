import { newId } from "@headcount/contract/kit/ids";
import { handlers } from "./api.ts";
import { jobs } from "./jobs.ts";
import { createLiveSampler } from "./live/sampler.ts";
import { createNoticeSender } from "./notices/sender.ts";
import { createAuthenticator } from "./platform/authenticate.ts";
import type { ServerConfig } from "./platform/config.ts";
import type { Services } from "./platform/context.ts";
import { type Database, openDatabase } from "./platform/database.ts";
import { createGroupCommit } from "./platform/group-commit.ts";
import { createApi } from "./platform/http.ts";
import { createJobRunner, type JobRunner } from "./platform/jobs.ts";
import { type Metrics, noMetrics } from "./metrics/metrics.ts";
import type { Log } from "./platform/log.ts";
import type { Secrets } from "./platform/secrets.ts";
import { createTransactionRunner, type TransactionRunner } from "./platform/transactions.ts";
import {
  createWorkspaceDirectory,
  type WorkspaceDirectory,
} from "./platform/workspace-directory.ts";
import { reactions } from "./reactions.ts";
import { createSignals, type Signals } from "./realtime/signals.ts";
import { createTranscriptFeed, type TranscriptFeed } from "./realtime/transcript-feed.ts";
import { createWorkspaceFeed, type WorkspaceFeed } from "./realtime/workspace-feed.ts";
import { readTranscriptPage } from "./tasks/read-transcript-page.ts";
import { transcriptAccess } from "./tasks/transcript-access.ts";
import { createUsageFolder } from "./usage/rollups/folder.ts";

export type AppOptions = {
  readonly config: Pick<
    ServerConfig,
    | "publicUrl"
    | "allowedOrigins"
    | "databaseMaxConnections"
    | "databaseListenUrl"
    | "signUp"
    | "reconnectGraceMs"
  > &
    Partial<Pick<ServerConfig, "dataDirectory" | "importHosts">>;
  readonly databaseUrl: string;
  readonly secrets: Secrets;
  readonly log: Log;
  /** Where its parts leave what they count; nowhere unless stated. */
  readonly metrics?: Metrics;
  /** Clock of everything the server writes; tests move it. */
  readonly now?: () => Date;
};

/** A service runs until its signal aborts; when it rejects it is started again. */
export type Service = { readonly name: string; run(stop: AbortSignal): Promise<void> };

/** The whole server without a listener: what tests, `npm run dev` and production have in common. */
export type App = {
  readonly api: ReturnType<typeof createApi>;
  readonly database: Database;
  readonly services: Services;
  readonly runner: TransactionRunner;
  readonly directory: WorkspaceDirectory;
  readonly signals: Signals;
  readonly feed: WorkspaceFeed;
  readonly transcripts: TranscriptFeed;
  readonly mayReadTranscript: ReturnType<typeof transcriptAccess>;
  readonly usageFolder: Service;
  readonly liveSampler: Service;
  readonly noticeSender: ReturnType<typeof createNoticeSender>;
  readonly jobs: JobRunner;
  readonly authenticate: ReturnType<typeof createAuthenticator>;
  readonly isAllowedOrigin: (origin: string) => boolean;
  /** Once the listener knows its address. */
  setListenUrl(url: string): void;
  close(): Promise<void>;
};

export function createApp(options: AppOptions): App {
  const { config, log } = options;
  let listenUrl = "http://127.0.0.1";
  const publicUrl = (): string => config.publicUrl ?? listenUrl;
  const database = openDatabase({
    url: options.databaseUrl,
    maxConnections: config.databaseMaxConnections,
    ...(config.databaseListenUrl ? { listenUrl: config.databaseListenUrl } : {}),
  });
  const signals = createSignals(database, log);
  const services: Services = {
    secrets: options.secrets,
    log,
    metrics: options.metrics ?? noMetrics,
    publicUrl,
    now: options.now ?? (() => new Date()),
    newId,
    signal: signals.send,
    onSignal: signals.on,
    instance: {
      signUp: config.signUp,
      reconnectGraceMs: config.reconnectGraceMs,
      dataDirectory: config.dataDirectory ?? null,
      importHosts: config.importHosts ?? [],
      listenUrl: database.listenUrl,
    },
  };
  const runner = createTransactionRunner({
    database,
    services,
    reactions,
    onCommit: (workspaceId) => signals.send({ topic: "changes", workspaceId }),
  });
  const directory = createWorkspaceDirectory(database);
  const authenticate = createAuthenticator(database, services);
  const feed = createWorkspaceFeed({ database, signals, log });
  const isAllowedOrigin = (origin: string): boolean =>
    origin === publicUrl() || origin === listenUrl || config.allowedOrigins.includes(origin);
  return {
    api: createApi(
      {
        database,
        services,
        runner,
        together: createGroupCommit(runner, services.metrics),
        authenticate,
        findWorkspaceId: directory.find,
        feed,
        secureCookies: () => publicUrl().startsWith("https:"),
        isAllowedOrigin,
      },
      handlers,
    ),
    database,
    services,
    runner,
    directory,
    signals,
    feed,
    transcripts: createTranscriptFeed({ signals, log, readPage: readTranscriptPage(database) }),
    mayReadTranscript: transcriptAccess(database),
    usageFolder: createUsageFolder({ runner, signals, log }),
    noticeSender: createNoticeSender({ runner, directory, signals, services }),
    liveSampler: createLiveSampler({ runner, directory, signals, log, now: services.now }),
    jobs: createJobRunner({ database, services, runner, directory }, jobs),
    authenticate,
    isAllowedOrigin,
    setListenUrl: (url) => {
      listenUrl = url;
    },
    close: () => database.close(),
  };
}
