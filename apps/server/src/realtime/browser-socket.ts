import { ClientFrame, maxClientFrameBytes } from "@headcount/contract/realtime/frames";
import { contractVersion, productVersion } from "@headcount/contract/version";
import type { WebSocket } from "ws";
import { AppError } from "../platform/app-error.ts";
import type { Principal } from "../platform/context.ts";
import type { Log } from "../platform/log.ts";
import { createSocketOutlet } from "./socket-outlet.ts";
import { createTabStreams, type TabStreamParts } from "./tab-streams.ts";

export type BrowserSocketParts = TabStreamParts & {
  readonly log: Log;
  readonly authenticateToken: (token: string) => Promise<Principal>;
  /** Whether the session or token behind the principal is still good. */
  readonly isStillValid: () => Promise<boolean>;
  readonly onSessionEnded: (listener: (userId: string) => void) => () => void;
};

/** A principal found before the upgrade, or anonymous: then the first frame must be `auth`. */
export type SocketIdentity = { readonly principal: Principal };

const authDeadlineMs = 10_000;
const pingMs = 54_000;
const pongDeadlineMs = 60_000;
const recheckAccessMs = 3_000;

const oversize = 1009;

/** One browser tab: authenticates, subscribes to streams, resumes them from cursors. */
export function serveBrowserSocket(
  parts: BrowserSocketParts,
  socket: WebSocket,
  identity: SocketIdentity,
): void {
  const outlet = createSocketOutlet(socket, () => streams.end());
  const streams = createTabStreams(parts, outlet);
  let { principal } = identity;

  const ready = (): void =>
    outlet.send({ type: "ready", contract: contractVersion, serverVersion: productVersion });

  const authDeadline = setTimeout(() => {
    if (principal.kind === "anonymous") socket.close(4401, "authenticate within 10 s");
  }, authDeadlineMs);
  const ping = setInterval(() => socket.ping(), pingMs);
  let pongTimer = setTimeout(() => socket.terminate(), pingMs + pongDeadlineMs);
  socket.on("pong", () => {
    clearTimeout(pongTimer);
    pongTimer = setTimeout(() => socket.terminate(), pingMs + pongDeadlineMs);
  });
  const offSessionEnded = parts.onSessionEnded((userId) => {
    if (principal.kind === "user" && principal.userId === userId) void closeIfRevoked();
  });
  const recheck = setInterval(() => void closeIfRevoked(), recheckAccessMs);

  async function closeIfRevoked(): Promise<void> {
    if (principal.kind === "anonymous") return;
    const valid = await parts.isStillValid().catch(() => true);
    if (!valid) outlet.cut("session_ended");
  }

  socket.on("message", (data, isBinary) => {
    const bytes = data as Buffer;
    if (isBinary || bytes.length > maxClientFrameBytes)
      return socket.close(oversize, "frame too large");
    void handle(bytes.toString("utf8")).catch((error: unknown) => {
      parts.log.warn({ err: error }, "socket frame failed");
      refuse("internal", "internal");
    });
  });
  socket.on("close", () => {
    clearTimeout(authDeadline);
    clearTimeout(pongTimer);
    clearInterval(ping);
    clearInterval(recheck);
    offSessionEnded();
    streams.end();
  });
  socket.on("error", () => socket.terminate());

  async function handle(text: string): Promise<void> {
    const frame = parseFrame(text);
    if (!frame) return refuse("invalid", "frame.unknown");
    if (frame.type === "ping") return outlet.send({ type: "pong" });
    if (frame.type === "auth") return authenticate(frame.token);
    if (principal.kind !== "user") return refuse("unauthenticated", "unauthenticated");
    if (frame.type === "unsub") return streams.unsubscribe(frame.stream);
    return streams.subscribe(frame.stream, frame.after, principal.userId);
  }

  async function authenticate(token: string): Promise<void> {
    try {
      principal = await parts.authenticateToken(token);
    } catch (error) {
      const code = error instanceof AppError ? error.code : "internal";
      refuse(code, "unauthenticated");
      return socket.close(4401, "unauthenticated");
    }
    clearTimeout(authDeadline);
    ready();
  }

  function refuse(code: string, reason: string): void {
    outlet.send({ type: "error", code, reason });
  }

  if (principal.kind !== "anonymous") {
    clearTimeout(authDeadline);
    ready();
  }
}

function parseFrame(text: string): ClientFrame | null {
  try {
    const parsed = ClientFrame.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
