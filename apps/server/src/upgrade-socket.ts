import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocketServer } from "ws";
import type { App } from "./app.ts";
import { AppError } from "./platform/app-error.ts";
import type { Credentials } from "./platform/authenticate.ts";
import type { Principal } from "./platform/context.ts";
import { sessionCookieName } from "./platform/http/session-cookie.ts";
import { serveBrowserSocket } from "./realtime/browser-socket.ts";
import { serveDaemonSocket } from "./realtime/daemon-socket.ts";

type Upgrade = {
  readonly request: IncomingMessage;
  readonly stream: Duplex;
  readonly head: Buffer;
};

/** Makes a socket of a browser or a machine out of a request that may have one, or refuses it. */
export async function upgradeSocket(
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

function credentialsOf(request: IncomingMessage): Credentials {
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
