import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { WebSocketServer } from "ws";
import type { App } from "./app.ts";
import { AppError } from "./platform/app-error.ts";
import type { Credentials } from "./platform/authenticate.ts";
import { sessionCookieName } from "./platform/http/session-cookie.ts";
import { mountWebFiles } from "./platform/web-files.ts";
import { serveBrowserSocket } from "./realtime/browser-socket.ts";
import { serveDaemonSocket } from "./realtime/daemon-socket.ts";
import { maxClientFrameBytes } from "@headcount/contract/realtime/frames";
import type { Principal } from "./platform/context.ts";

export type ListenOptions = {
  readonly host: string;
  readonly port: number;
  /** Folder of the built web app; null serves the API only. */
  readonly webDirectory: string | null;
};

export type Listener = {
  readonly url: string;
  readonly port: number;
  /** Sockets of browsers and machines that are open. */
  socketCount(): number;
  /** Says goodbye to sockets, lets requests finish for a moment, then closes. */
  close(): Promise<void>;
};

/** The port is taken, or the address is not this machine's. */
export class ListenError extends Error {
  override name = "ListenError";
  readonly nextStep: string;

  constructor(message: string, nextStep: string) {
    super(message);
    this.nextStep = nextStep;
  }
}

/** Long polls would use up any time; everything else answers in less. */
const drainMs = 2_000;
const socketFarewellMs = 500;

/** Opens the one port: API, health, web app, browser and daemon sockets. */
export async function listen(app: App, options: ListenOptions): Promise<Listener> {
  const server = createAdaptorServer({ fetch: createSite(app, options.webDirectory).fetch });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxClientFrameBytes });
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    upgrade(app, sockets, { request, stream, head }).catch(() => stream.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(describeListenError(error, options)),
    );
    server.listen(options.port, options.host, resolve);
  });
  const closeUnused = trackUnused(server);
  const { port } = server.address() as AddressInfo;
  const shownHost =
    options.host === "0.0.0.0" || options.host === "::" ? "127.0.0.1" : options.host;
  const url = `http://${shownHost.includes(":") ? `[${shownHost}]` : shownHost}:${port}`;
  app.setListenUrl(url);
  return {
    url,
    port,
    socketCount: () => sockets.clients.size,
    async close() {
      for (const socket of sockets.clients) {
        socket.send(JSON.stringify({ type: "bye", reason: "going_away", retryAfterMs: 1_000 }));
        socket.close(1001, "going away");
      }
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      closeUnused();
      const timer = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        if ("closeAllConnections" in server) server.closeAllConnections();
      }, drainMs);
      const early = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, socketFarewellMs);
      await closed;
      clearTimeout(timer);
      clearTimeout(early);
    },
  };
}

/**
 * Returns how to close the connections that carry no request. Node's own way spares those that
 * have never carried one, and browsers open such connections in advance and leave them.
 */
function trackUnused(server: ReturnType<typeof createAdaptorServer>): () => void {
  const unused = new Set<Duplex>();
  server.on("connection", (stream: Duplex) => {
    unused.add(stream);
    stream.once("close", () => unused.delete(stream));
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    unused.delete(socket);
    response.once("close", () => {
      if (!socket.destroyed) unused.add(socket);
    });
  });
  server.on("upgrade", (_request: IncomingMessage, stream: Duplex) => unused.delete(stream));
  return () => {
    for (const stream of unused) stream.destroy();
  };
}

function createSite(app: App, webDirectory: string | null): Hono {
  const site = new Hono();
  site.get("/health", (c) => c.json({ ok: true }));
  site.get("/readyz", async (c) => {
    const ready = await app.database.pool`select 1`.then(
      () => true,
      () => false,
    );
    return c.json({ ok: ready }, ready ? 200 : 503);
  });
  site.all("/api/*", (c) => app.api.fetch(c.req.raw, c.env));
  if (webDirectory !== null) mountWebFiles(site, webDirectory);
  return site;
}

type Upgrade = {
  readonly request: IncomingMessage;
  readonly stream: Duplex;
  readonly head: Buffer;
};

async function upgrade(
  app: App,
  sockets: WebSocketServer,
  { request, stream, head }: Upgrade,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (path !== "/api/live" && path !== "/api/daemon/live") return refuse(stream, 404, "Not Found");
  const origin = request.headers.origin;
  if (origin !== undefined && !app.isAllowedOrigin(origin)) return refuse(stream, 403, "Forbidden");
  const credentials = credentialsOf(request);
  let principal: Principal;
  try {
    principal = await app.authenticate(credentials);
  } catch (error) {
    if (error instanceof AppError) return refuse(stream, 401, "Unauthorized");
    return refuse(stream, 503, "Service Unavailable");
  }
  if (path === "/api/daemon/live") {
    if (principal.kind !== "daemon") return refuse(stream, 401, "Unauthorized");
    const daemon = principal;
    return sockets.handleUpgrade(request, stream, head, (socket) =>
      serveDaemonSocket(app.signals, socket, daemon, () => isStill(app, credentials, "daemon")),
    );
  }
  if (principal.kind !== "user" && principal.kind !== "anonymous")
    return refuse(stream, 403, "Forbidden");
  let current = credentials;
  sockets.handleUpgrade(request, stream, head, (socket) =>
    serveBrowserSocket(
      {
        feed: app.feed,
        transcripts: app.transcripts,
        log: app.services.log,
        authenticateToken: (token) => {
          current = { bearer: token, sessionSecret: null };
          return app.authenticate(current);
        },
        isStillValid: () => isStill(app, current, "user"),
        mayReadTranscript: app.mayReadTranscript,
        onSessionEnded: (listener) =>
          app.signals.on((signal) => {
            if (signal.topic === "session-ended") listener(signal.userId);
          }),
      },
      socket,
      { principal },
    ),
  );
}

/** Only a refusal says that a session or token has ended; other failures say nothing about it. */
async function isStill(
  app: App,
  credentials: Credentials,
  kind: Principal["kind"],
): Promise<boolean> {
  try {
    return (await app.authenticate(credentials)).kind === kind;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function credentialsOf(request: IncomingMessage): {
  bearer: string | null;
  sessionSecret: string | null;
} {
  const header = request.headers.authorization;
  const cookie = request.headers.cookie ?? "";
  const session = new RegExp(`(?:^|;\\s*)${sessionCookieName}=([^;]+)`).exec(cookie)?.[1] ?? null;
  return {
    bearer: header?.startsWith("Bearer ") ? header.slice(7).trim() : null,
    sessionSecret: session,
  };
}

function refuse(stream: Duplex, status: number, text: string): void {
  stream.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function describeListenError(error: NodeJS.ErrnoException, options: ListenOptions): Error {
  const { host, port } = options;
  if (error.code === "EADDRINUSE") {
    const step = "Choose another port with --port, or stop the program that uses this one.";
    return new ListenError(`Port ${port} is in use.`, step);
  }
  if (error.code === "EACCES") {
    const step = "Choose a port above 1023 with --port.";
    return new ListenError(`No permission to listen on ${host}:${port}.`, step);
  }
  if (error.code === "EADDRNOTAVAIL") {
    return new ListenError(`${host} is not an address of this machine.`, "Check --host.");
  }
  return error;
}
