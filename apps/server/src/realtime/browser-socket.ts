import type { TaskId, UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import {
  ClientFrame,
  maxClientFrameBytes,
  type ServerFrame,
} from "@headcount/contract/realtime/frames";
import { contractVersion, productVersion } from "@headcount/contract/version";
import type { WebSocket } from "ws";
import { AppError } from "../platform/app-error.ts";
import type { Principal } from "../platform/context.ts";
import type { Log } from "../platform/log.ts";
import type { TranscriptCursor, TranscriptFeed } from "./transcript-feed.ts";
import type { WorkspaceFeed } from "./workspace-feed.ts";

export type BrowserSocketParts = {
  readonly feed: WorkspaceFeed;
  readonly transcripts: TranscriptFeed;
  readonly log: Log;
  readonly authenticateToken: (token: string) => Promise<Principal>;
  /** Whether the session or token behind the principal is still good. */
  readonly isStillValid: () => Promise<boolean>;
  /** Whether a person may read a task's transcript now. */
  readonly mayReadTranscript: (
    userId: UserId,
    workspaceId: WorkspaceId,
    taskId: TaskId,
  ) => Promise<boolean>;
  readonly onSessionEnded: (listener: (userId: string) => void) => () => void;
};

/** A principal found before the upgrade, or anonymous: then the first frame must be `auth`. */
export type SocketIdentity = { readonly principal: Principal };

const authDeadlineMs = 10_000;
const pingMs = 54_000;
const pongDeadlineMs = 60_000;
/** What a client may leave unread before it is cut; it resumes from its cursor. */
const maxUnread = { frames: 256, bytes: 4 * 1024 * 1024 };
const maxStreams = 64;
const recheckAccessMs = 3_000;

const oversize = 1009;

/** One browser tab: authenticates, subscribes to streams, resumes them from cursors. */
export function serveBrowserSocket(
  parts: BrowserSocketParts,
  socket: WebSocket,
  identity: SocketIdentity,
): void {
  const streams = new Map<string, () => void>();
  let principal = identity.principal;
  let queued = 0;
  let alive = true;

  const send = (frame: ServerFrame): void => void sent(frame);
  /** Resolves when the frame has left this process, or never will. */
  const sent = async (frame: ServerFrame): Promise<void> => {
    if (socket.readyState !== socket.OPEN) return;
    const isSlow = queued >= maxUnread.frames || socket.bufferedAmount > maxUnread.bytes;
    if (isSlow) return cut("slow");
    queued += 1;
    await new Promise((resolve) => socket.send(JSON.stringify(frame), resolve));
    queued -= 1;
  };
  const cut = (reason: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify({ type: "bye", reason, retryAfterMs: 1_000 } satisfies ServerFrame));
    socket.close(1001, reason);
  };
  const ready = (): void =>
    send({ type: "ready", contract: contractVersion, serverVersion: productVersion });

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
    if (!valid && alive) cut("session_ended");
  }

  socket.on("message", (data, isBinary) => {
    const bytes = data as Buffer;
    if (isBinary || bytes.length > maxClientFrameBytes)
      return socket.close(oversize, "frame too large");
    void handle(bytes.toString("utf8")).catch((error: unknown) => {
      parts.log.warn({ err: error }, "socket frame failed");
      send({ type: "error", code: "internal", reason: "internal" });
    });
  });
  socket.on("close", () => {
    alive = false;
    clearTimeout(authDeadline);
    clearTimeout(pongTimer);
    clearInterval(ping);
    clearInterval(recheck);
    offSessionEnded();
    for (const stop of streams.values()) stop();
    streams.clear();
  });
  socket.on("error", () => socket.terminate());

  async function handle(text: string): Promise<void> {
    const frame = parseFrame(text);
    if (!frame) return send({ type: "error", code: "invalid", reason: "frame.unknown" });
    if (frame.type === "ping") return send({ type: "pong" });
    if (frame.type === "auth") return authenticate(frame.token);
    if (principal.kind !== "user") {
      return send({ type: "error", code: "unauthenticated", reason: "unauthenticated" });
    }
    if (frame.type === "unsub") return unsubscribe(frame.stream);
    if (streams.size >= maxStreams)
      return send({
        type: "error",
        code: "limit_exceeded",
        reason: "stream.too_many",
        stream: frame.stream,
      });
    unsubscribe(frame.stream);
    if (frame.stream.startsWith("workspace:"))
      return subscribeWorkspace(frame.stream, frame.after, principal.userId);
    return subscribeTask(frame.stream, frame.after, principal.userId);
  }

  async function authenticate(token: string): Promise<void> {
    try {
      principal = await parts.authenticateToken(token);
    } catch (error) {
      const code = error instanceof AppError ? error.code : "internal";
      send({ type: "error", code, reason: "unauthenticated" });
      return socket.close(4401, "unauthenticated");
    }
    clearTimeout(authDeadline);
    ready();
  }

  function unsubscribe(stream: string): void {
    streams.get(stream)?.();
    streams.delete(stream);
  }

  function subscribeWorkspace(stream: string, after: string, userId: UserId): void {
    const workspaceId = stream.slice("workspace:".length) as WorkspaceId;
    const cursor = Number(after);
    if (!Number.isSafeInteger(cursor) || cursor < 0) {
      return send({ type: "error", code: "invalid", reason: "cursor.invalid", stream });
    }
    send({ type: "ack", stream, cursor: after });
    const stop = parts.feed.subscribe(workspaceId, cursor, {
      userId,
      deliver: (page) =>
        send({
          type: "changes",
          stream,
          from: String(page.from),
          to: String(page.to),
          items: [...page.items],
          remaining: page.remaining,
        }),
      snapshotRequired: (reason, newest) =>
        send({ type: "snapshot_required", stream, reason, cursor: String(newest) }),
      revoked: () => {
        unsubscribe(stream);
        send({ type: "error", code: "not_found", reason: "workspace.not_found", stream });
      },
    });
    streams.set(stream, stop);
  }

  async function subscribeTask(stream: string, after: string, userId: UserId): Promise<void> {
    const [, workspaceId, taskId] = stream.split(":") as [string, WorkspaceId, TaskId];
    const cursor = parseTranscriptCursor(after);
    if (!cursor) return send({ type: "error", code: "invalid", reason: "cursor.invalid", stream });
    if (!(await parts.mayReadTranscript(userId, workspaceId, taskId))) {
      return send({ type: "error", code: "not_found", reason: "task.not_found", stream });
    }
    if (!alive) return;
    send({ type: "ack", stream, cursor: after });
    const stop = parts.transcripts.subscribe(workspaceId, taskId, cursor, {
      deliver: (rows, last) =>
        sent({ type: "rows", stream, cursor: `${last.lease}.${last.seq}`, items: [...rows] }),
      mayRead: () => parts.mayReadTranscript(userId, workspaceId, taskId),
      revoked: () => {
        unsubscribe(stream);
        send({ type: "error", code: "not_found", reason: "task.not_found", stream });
      },
    });
    streams.set(stream, stop);
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

/** `lease.seq`; empty and `0.0` stand before everything because leases start at 1. */
function parseTranscriptCursor(text: string): TranscriptCursor | null {
  if (text === "") return { lease: 0, seq: 0 };
  const match = /^(\d{1,9})\.(\d{1,9})$/.exec(text);
  return match ? { lease: Number(match[1]), seq: Number(match[2]) } : null;
}
