import { ServerFrame, type ClientFrame } from "@headcount/contract/realtime/frames";

/** The part of the WHATWG WebSocket that the feed uses; browsers, Node and the package ws have it. */
export type SocketLike = {
  send(data: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: (() => void) | null;
};

export type OpenSocket = (url: string) => SocketLike;

export type FeedSocketEvents = {
  readonly onOpen: () => void;
  readonly onFrame: (frame: ServerFrame) => void;
  /** Exactly once, however the connection ended. */
  readonly onClosed: () => void;
};

export type FeedSocketLimits = {
  /** From the start of the upgrade to the first frame. */
  readonly connectMs: number;
  /** Silence after which a `ping` is sent, and again after which the line counts as dead. */
  readonly pingMs: number;
  readonly pongMs: number;
};

/**
 * One connection. Finds half-open lines by asking for a `pong`, because a dead route gives neither
 * an error nor a close.
 */
export class FeedSocket {
  readonly #socket: SocketLike;
  readonly #events: FeedSocketEvents;
  readonly #limits: FeedSocketLimits;
  #timer: ReturnType<typeof setTimeout>;
  #closed = false;

  constructor(socket: SocketLike, events: FeedSocketEvents, limits: FeedSocketLimits) {
    this.#socket = socket;
    this.#events = events;
    this.#limits = limits;
    this.#timer = setTimeout(() => this.close(), limits.connectMs);
    socket.onopen = () => events.onOpen();
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = () => this.close();
    socket.onerror = () => this.close();
  }

  send(frame: ClientFrame): void {
    if (!this.#closed) this.#socket.send(JSON.stringify(frame));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket.onmessage = null;
    this.#socket.onopen = null;
    // Late events of a socket that is being closed must not end its successor; an error without a
    // listener would be thrown by some implementations.
    this.#socket.onclose = () => {};
    this.#socket.onerror = () => {};
    this.#socket.close();
    this.#events.onClosed();
  }

  #receive(data: unknown): void {
    this.#awaitLife();
    const frame = parseFrame(data);
    if (frame !== null) this.#events.onFrame(frame);
  }

  #awaitLife(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.send({ type: "ping" });
      this.#timer = setTimeout(() => this.close(), this.#limits.pongMs);
    }, this.#limits.pingMs);
  }
}

/** Frames of kinds that this version does not know are dropped; polling would bring their effects. */
function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  const parsed = ServerFrame.safeParse(value);
  return parsed.success ? parsed.data : null;
}
