import { randomBytes } from "node:crypto";
import postgres from "postgres";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { startEmbeddedPostgres } from "@headcount/embedded-postgres/start-embedded-postgres";
import { type App, createApp } from "@headcount/server/app";
import { listen } from "@headcount/server/listen";
import type { GroupCommit, WorkspaceContext } from "@headcount/server/platform/context";
import { createGroupCommit } from "@headcount/server/platform/group-commit";
import { createLog } from "@headcount/server/platform/log";
import { migrate } from "@headcount/server/platform/migrate";
import { createSecrets } from "@headcount/server/platform/secrets";
import { superviseServices } from "@headcount/server/supervise";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";

/** A fresh installation in this process: embedded database, migrations, server, folder. */
export type Books = {
  readonly app: App;
  /** Address of the server, for other processes. */
  readonly url: string;
  /** Connection with the rights of the database's owner: generates history and reads sizes. */
  readonly owner: postgres.Sql;
  readonly together: GroupCommit;
  /** One transaction of the application's role in a workspace, as any request has it. */
  inWorkspace<T>(
    workspaceId: WorkspaceId,
    mode: "read" | "write",
    run: (ctx: WorkspaceContext) => Promise<T>,
  ): Promise<T>;
  [Symbol.asyncDispose](): Promise<void>;
};

const noRequest = { ipPrefix: null, userAgent: "bench" } as const;

export async function openBooks(): Promise<Books> {
  const directory = await temporaryDirectory({ prefix: "hc-books-" });
  const database = await startEmbeddedPostgres({ dataDirectory: directory.path });
  await migrate(database.url);
  const log = createLog({ level: "warn" });
  const app = createApp({
    config: {
      publicUrl: null,
      allowedOrigins: [],
      databaseMaxConnections: 16,
      databaseListenUrl: null,
      signUp: "invite_only",
      reconnectGraceMs: 3 * 60 * 60_000,
    },
    databaseUrl: database.url,
    secrets: createSecrets(randomBytes(32)),
    log,
  });
  const listener = await listen(app, { host: "127.0.0.1", port: 0, webDirectory: null });
  const background = new AbortController();
  const services = [{ name: "signals", run: app.signals.run }, app.usageFolder];
  const running = superviseServices(services, background.signal, log);
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  return {
    app,
    url: listener.url,
    owner,
    together: createGroupCommit(app.runner),
    async inWorkspace(workspaceId, mode, run) {
      const resolveActor = async () => ({ kind: "system", job: "bench" }) as const;
      const { value } = await app.runner.inWorkspace({
        workspaceId,
        mode,
        request: noRequest,
        resolveActor,
        run,
      });
      return value;
    },
    async [Symbol.asyncDispose]() {
      background.abort();
      await running;
      await listener.close();
      await owner.end();
      await app.close();
      await database.stop();
      await directory[Symbol.asyncDispose]();
    },
  };
}
