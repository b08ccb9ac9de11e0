import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { maxClientFrameBytes } from "@headcount/contract/realtime/frames";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { WebSocketServer } from "ws";
import type { App } from "./app.ts";
import { describeListenError } from "./listen-error.ts";
import { mountWebFiles } from "./platform/web-files.ts";
import { upgradeSocket } from "./upgrade-socket.ts";

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

/** Long polls would use up any time; everything else answers in less. */
const drainMs = 2_000;
const socketFarewellMs = 500;

/** Opens the one port: API, health, web app, browser and daemon sockets. */
export async function listen(app: App, options: ListenOptions): Promise<Listener> {
  const server = createAdaptorServer({ fetch: createSite(app, options.webDirectory).fetch });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxClientFrameBytes });
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    upgradeSocket(app, sockets, { request, stream, head }).catch(() => stream.destroy());
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
