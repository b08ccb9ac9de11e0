import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";

export type SeenRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
};

export type ScriptedReply = {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

/** A peer on loopback: answers each request by the test's own function, and offers a socket. */
export class ScriptedServer implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  readonly sockets: WebSocket[] = [];
  readonly #server: Server;
  readonly #socketServer = new WebSocketServer({ noServer: true });
  upgradesSeen = 0;
  acceptUpgrades = true;
  onSocket: (socket: WebSocket) => void = () => {};
  answer: (request: SeenRequest) => Promise<ScriptedReply> | ScriptedReply = () => ({ body: {} });

  private constructor(server: Server) {
    this.#server = server;
    server.on("request", (request, reply) => void this.#handle(request, reply));
    server.on("upgrade", (request, socket, head) => {
      this.upgradesSeen += 1;
      if (!this.acceptUpgrades) return void socket.destroy();
      this.#socketServer.handleUpgrade(request, socket, head, (opened) => {
        this.sockets.push(opened);
        this.onSocket(opened);
      });
    });
  }

  static async start(): Promise<ScriptedServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ScriptedServer(server);
  }

  get baseUrl(): string {
    // A listening TCP server always has an address with a port.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #handle(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const text = (await request.toArray()).join("");
    const seen: SeenRequest = {
      method: request.method ?? "",
      url: new URL(request.url ?? "", this.baseUrl),
      headers: request.headers,
      body: text === "" ? null : JSON.parse(text),
    };
    this.requests.push(seen);
    const answer = await this.answer(seen);
    reply.writeHead(answer.status ?? 200, {
      "content-type": "application/json",
      ...answer.headers,
    });
    reply.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
