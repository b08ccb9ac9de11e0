import { createConnection, createServer, type Socket } from "node:net";

/** What happens to WebSockets: they work, are refused and cut, or stay open and say nothing more. */
export type SocketPolicy = "pass" | "refuse" | "silent";

/** One thing that the proxy was told to do to the next matching request. */
export type Interception = {
  /** Resolves when it has happened. */
  readonly happened: Promise<void>;
  /** Lets what was held go on. */
  release(): void;
};

/** Stands between a client and the server and does to the line what networks do to it. */
export type Proxy = {
  readonly url: string;
  /** Names the server behind it; returns the proxy's own address. */
  forwardTo(serverUrl: string): string;
  setSockets(policy: SocketPolicy): void;
  /** The next request to such a path reaches the server; its reply is kept and the line stays open. */
  holdReply(path: RegExp): Interception;
  /** The next request to such a path reaches the server; its reply is thrown away and the line cut. */
  cutReply(path: RegExp): Interception;
  /** The next request to such a path does not reach the server before it is released. */
  holdRequest(path: RegExp): Interception;
  [Symbol.asyncDispose](): Promise<void>;
};

type Action = "hold_reply" | "cut_reply" | "hold_request";
type Order = { readonly action: Action; readonly path: RegExp; happened(): void };

type Line = {
  readonly client: Socket;
  readonly server: Socket;
  isWebSocket: boolean;
  /** Neither direction is passed on any more, and neither end hears of the other's end. */
  isSilent: boolean;
  order: Order | null;
};

/** Listens on 127.0.0.1 and passes everything on to the server that it is told. */
export async function startProxy(): Promise<Proxy> {
  let target = new URL("http://127.0.0.1:9");
  const lines = new Set<Line>();
  const orders = new Set<Order>();
  let policy: SocketPolicy = "pass";

  const onRequest = (line: Line, chunk: Buffer): void => {
    const head = chunk.toString("latin1");
    const path = /^(?:GET|POST|PUT|PATCH|DELETE) (\S+) HTTP\/1\.1\r\n/.exec(head)?.[1];
    if (path === undefined) return;
    line.isWebSocket = /\r\nupgrade: *websocket/i.test(head);
    if (line.isWebSocket) applyPolicy(line, policy);
    const order = [...orders].find((one) => one.path.test(path.split("?")[0] ?? ""));
    if (!order) return;
    orders.delete(order);
    line.order = order;
    if (order.action === "hold_request") {
      line.client.pause();
      order.happened();
    }
  };
  const listener = createServer((client) => {
    const server = createConnection({ host: target.hostname, port: Number(target.port) });
    const line: Line = { client, server, isWebSocket: false, isSilent: false, order: null };
    lines.add(line);
    const end = (): void => {
      if (line.isSilent) return;
      lines.delete(line);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("error", end).on("close", end);
    client.on("data", (chunk: Buffer) => {
      onRequest(line, chunk);
      if (line.isSilent) return;
      if (line.order?.action === "hold_request") return void heldChunks(line).push(chunk);
      server.write(chunk);
    });
    server.on("data", (chunk: Buffer) => {
      if (line.isSilent) return;
      if (line.order?.action === "hold_reply") {
        heldChunks(line).push(chunk);
        return line.order.happened();
      }
      if (line.order?.action === "cut_reply") {
        line.order.happened();
        return end();
      }
      client.write(chunk);
    });
  });

  const intercept = (action: Action, path: RegExp): Interception => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const order: Order = { action, path, happened: resolve };
    orders.add(order);
    return {
      happened: promise,
      release() {
        orders.delete(order);
        for (const line of lines) {
          if (line.order !== order) continue;
          line.order = null;
          const to = action === "hold_reply" ? line.client : line.server;
          for (const chunk of heldChunks(line).splice(0)) to.write(chunk);
          line.client.resume();
        }
      },
    };
  };
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    forwardTo(serverUrl) {
      target = new URL(serverUrl);
      return url;
    },
    setSockets(next) {
      policy = next;
      for (const line of lines) if (line.isWebSocket) applyPolicy(line, next);
    },
    holdReply: (path) => intercept("hold_reply", path),
    cutReply: (path) => intercept("cut_reply", path),
    holdRequest: (path) => intercept("hold_request", path),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const { client, server } of lines) {
        client.destroy();
        server.destroy();
      }
      await closed;
    },
  };
}

/** A line that has once fallen silent stays so: its ends have to find out by themselves. */
function applyPolicy(line: Line, policy: SocketPolicy): void {
  if (policy === "silent") line.isSilent = true;
  if (policy === "refuse" && !line.isSilent) line.client.destroy();
}

const held = new WeakMap<Line, Buffer[]>();

function heldChunks(line: Line): Buffer[] {
  const known = held.get(line);
  if (known) return known;
  const chunks: Buffer[] = [];
  held.set(line, chunks);
  return chunks;
}
