import { timingSafeEqual, createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ListenError } from "../listen-error.ts";
import type { MetricsAddress } from "../platform/metrics-address.ts";
import { openMetricsConnection } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";
import type { GaugeReading, MetricsRegistry } from "./create-registry.ts";
import { plain, readDatabaseGauges } from "./read-database-gauges.ts";

export type MetricsServer = {
  readonly url: string;
  close(): Promise<void>;
};

export type MetricsParts = {
  readonly address: MetricsAddress;
  /** Who asks has to send it as a bearer token; null asks for none. */
  readonly token: string | null;
  readonly registry: MetricsRegistry;
  readonly databaseUrl: string;
  /** What this process knows without asking anybody. */
  readonly readProcess: () => readonly GaugeReading[];
  readonly log: Log;
};

/**
 * Answers `GET /metrics` on a listener of its own, with a database connection of its own: whoever
 * asks, however often, takes nothing from people and agents. Questions that overlap share an answer.
 * @throws ListenError when the address is taken or not this machine's
 */
export async function serveMetrics(parts: MetricsParts): Promise<MetricsServer> {
  const sql = openMetricsConnection(parts.databaseUrl);
  let rendering: Promise<string> | null = null;
  const render = (): Promise<string> =>
    (rendering ??= renderAll().finally(() => {
      rendering = null;
    }));
  const renderAll = async (): Promise<string> => {
    const database = await readDatabaseGauges(sql).catch((error: unknown) => {
      parts.log.warn({ err: error }, "metrics could not ask the database");
      return null;
    });
    return parts.registry.render([
      ...parts.readProcess(),
      plain(
        "headcount_database_up",
        "1 when the database answered this question, else 0.",
        database === null ? 0 : 1,
      ),
      plain(
        "headcount_usage_lag_seconds",
        "How far answers about usage are behind the ledger: 0 by construction, since every answer adds what is not folded yet.",
        0,
      ),
      ...(database ?? []),
    ]);
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? "").split("?")[0];
    if (path !== "/metrics" || (request.method !== "GET" && request.method !== "HEAD")) {
      return void response.writeHead(404).end("Ask for /metrics.\n");
    }
    if (!isAllowed(request.headers.authorization, parts.token)) {
      const headers = { "WWW-Authenticate": "Bearer" };
      return void response
        .writeHead(401, headers)
        .end("Send HEADCOUNT_METRICS_TOKEN as a bearer token.\n");
    }
    render().then(
      (text) => response.writeHead(200, { "Content-Type": parts.registry.contentType }).end(text),
      (error: unknown) => {
        parts.log.error({ err: error }, "metrics could not be rendered");
        response.writeHead(500).end();
      },
    );
  });
  await listenOn(server, parts.address);
  // A listening TCP server always has an address with a port.
  const { port, address, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}/metrics`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await sql.end({ timeout: 1 });
    },
  };
}

/** Compares digests, so that the time it takes says nothing about the token. */
function isAllowed(header: string | undefined, token: string | null): boolean {
  if (token === null) return true;
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(header ?? ""), digest(`Bearer ${token}`));
}

function listenOn(server: Server, { host, port }: MetricsAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const place = `${host}:${port}`;
      const step = "Choose another address with HEADCOUNT_METRICS_ADDR.";
      reject(new ListenError(`Metrics cannot be served on ${place} (${error.code}).`, step));
    });
    server.listen(port, host, resolve);
  });
}
