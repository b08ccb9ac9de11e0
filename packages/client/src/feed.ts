import type { ServerFrame } from "@headcount/contract/realtime/frames";
import { backoffMs, type Backoff } from "./backoff.ts";
import { FeedPolling } from "./feed-polling.ts";
import { FeedSocket, type OpenSocket, type SocketLike } from "./feed-socket.ts";
import { feedStateOf, sameFeedState, type FeedState } from "./feed-state.ts";
import { FeedStream, type StreamListener } from "./feed-stream.ts";
import type { ApiClient } from "./make-client.ts";

export type FeedTimings = {
  readonly reconnect: Backoff;
  /** Time without a socket, and number of failed upgrades, after which polling starts. */
  readonly pollAfterMs: number;
  readonly pollAfterFailures: number;
  /** Pause between upgrades while polling. */
  readonly upgradeEveryMs: number;
  readonly connectMs: number;
  readonly pingMs: number;
  readonly pongMs: number;
  /** Changes within this time are handed over together. */
  readonly mergeMs: number;
};

export type FeedOptions = {
  /** Origin of the server. In a browser, `location.origin`. */
  readonly baseUrl: string;
  /** Used for long polling; must not retry by itself. */
  readonly client: ApiClient;
  /** Sent as the first frame; a session cookie needs none. */
  readonly token?: string | (() => string | null);
  /** Opens a WebSocket; the global one unless stated. */
  readonly openSocket?: OpenSocket;
  /** Called for each `ready`: a tab that is too old for `contract` asks its person to reload. */
  readonly onReady?: (server: {
    readonly contract: number;
    readonly serverVersion: string;
  }) => void;
  readonly timings?: Partial<FeedTimings>;
};

export const defaultFeedTimings: FeedTimings = {
  reconnect: { baseMs: 1_000, maxMs: 30_000, jitter: 0.2 },
  pollAfterMs: 10_000,
  pollAfterFailures: 2,
  upgradeEveryMs: 60_000,
  connectMs: 10_000,
  pingMs: 20_000,
  pongMs: 10_000,
  mergeMs: 100,
};

/**
 * The live feed of a browser tab or a command line: one socket for all streams, long polling with
 * the same cursors while there is none. Every stream sees each change of its log, in order, or is
 * told to load afresh.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #timings: FeedTimings;
  readonly #polling: FeedPolling;
  readonly #streams = new Map<string, FeedStream>();
  readonly #stateListeners = new Set<(state: FeedState) => void>();
  #state: FeedState = { kind: "catching_up", remaining: 0 };
  #socket: FeedSocket | null = null;
  #socketReady = false;
  #firstAttempt = true;
  #failedUpgrades = 0;
  #reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  #pollTimer: ReturnType<typeof setTimeout> | undefined;
  #byeDelayMs: number | null = null;
  #running = false;
  /** Wall-clock time of the last change or row that was received; null before the first. */
  lastAppliedAtMs: number | null = null;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#timings = { ...defaultFeedTimings, ...options.timings };
    this.#polling = new FeedPolling({
      client: options.client,
      pauses: this.#timings.reconnect,
      onReceived: () => {
        this.lastAppliedAtMs = Date.now();
      },
      onAnswer: () => this.#updateState(),
    });
  }

  get state(): FeedState {
    return this.#state;
  }

  /** Calls back at each change of state; returns how to stop that. */
  onState(listener: (state: FeedState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#firstAttempt = true;
    this.#connect();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#reconnectTimer);
    this.#stopPolling();
    for (const stream of this.#streams.values()) stream.dropPending();
    this.#socket?.close();
  }

  /** Tries a new connection at once, e.g. when the browser says that the network is back. */
  wake(): void {
    if (!this.#running || this.#socket !== null) return;
    clearTimeout(this.#reconnectTimer);
    this.#connect();
  }

  /**
   * Follows `workspace:<id>` from a change cursor, or `task:<workspaceId>:<taskId>` from the place
   * `lease.seq` of the last known row (`""` for the beginning). One reader per stream: a second
   * call for the same name replaces the first. Returns how to stop.
   */
  subscribe(name: string, after: string, listener: StreamListener): () => void {
    this.#leave(this.#streams.get(name));
    const stream = new FeedStream(name, after, listener, this.#timings.mergeMs);
    this.#streams.set(name, stream);
    if (this.#socketReady) this.#sendSubscribe(stream);
    this.#polling.follow(stream);
    this.#updateState();
    return () => {
      this.#leave(stream);
      this.#updateState();
    };
  }

  #leave(stream: FeedStream | undefined): void {
    if (stream === undefined || this.#streams.get(stream.name) !== stream) return;
    this.#streams.delete(stream.name);
    this.#polling.leave(stream);
    stream.dropPending();
    if (this.#socketReady && !stream.ended)
      this.#socket?.send({ type: "unsub", stream: stream.name });
    stream.ended = true;
  }

  #connect(): void {
    const open = this.#options.openSocket ?? openGlobalSocket;
    const url = `${this.#options.baseUrl.replace(/^http/, "ws").replace(/\/+$/, "")}/api/live`;
    this.#byeDelayMs = null;
    this.#armPolling();
    let socket: SocketLike;
    try {
      socket = open(url);
    } catch {
      // Browsers refuse some addresses at once, which is a failed upgrade like any other.
      return this.#onClosed();
    }
    this.#socket = new FeedSocket(
      socket,
      {
        onOpen: () => this.#authenticate(),
        onFrame: (frame) => this.#receive(frame),
        onClosed: () => this.#onClosed(),
      },
      this.#timings,
    );
  }

  #authenticate(): void {
    const { token } = this.#options;
    const value = typeof token === "function" ? token() : token;
    if (value) this.#socket?.send({ type: "auth", token: value });
  }

  #onClosed(): void {
    const wasReady = this.#socketReady;
    this.#socket = null;
    this.#socketReady = false;
    this.#firstAttempt = false;
    for (const stream of this.#streams.values()) stream.confirmed = false;
    if (!this.#running) return;
    this.#failedUpgrades = wasReady ? 0 : this.#failedUpgrades + 1;
    if (this.#failedUpgrades >= this.#timings.pollAfterFailures) this.#startPolling();
    this.#armPolling();
    this.#reconnectTimer = setTimeout(() => this.#connect(), this.#reconnectPauseMs());
    this.#updateState();
  }

  #reconnectPauseMs(): number {
    if (this.#polling.isRunning) return this.#timings.upgradeEveryMs;
    const random = Math.random();
    if (this.#byeDelayMs !== null) return Math.round(this.#byeDelayMs * (1 + 0.2 * random));
    return backoffMs(this.#timings.reconnect, this.#failedUpgrades, random);
  }

  #receive(frame: ServerFrame): void {
    if (frame.type === "ready") return this.#onReady(frame);
    if (frame.type === "bye") {
      this.#byeDelayMs = frame.retryAfterMs;
      return this.#socket?.close();
    }
    if (frame.type === "pong") return;
    const stream = frame.stream === undefined ? undefined : this.#streams.get(frame.stream);
    if (stream === undefined) return;
    this.#applyToStream(stream, frame);
    this.#updateState();
  }

  #onReady(frame: Extract<ServerFrame, { type: "ready" }>): void {
    this.#socketReady = true;
    this.#firstAttempt = false;
    this.#failedUpgrades = 0;
    this.#stopPolling();
    for (const stream of this.#streams.values()) this.#sendSubscribe(stream);
    this.#options.onReady?.({ contract: frame.contract, serverVersion: frame.serverVersion });
    this.#updateState();
  }

  #sendSubscribe(stream: FeedStream): void {
    stream.confirmed = false;
    if (!stream.ended)
      this.#socket?.send({ type: "sub", stream: stream.name, after: stream.cursor });
  }

  #applyToStream(
    stream: FeedStream,
    frame: Exclude<ServerFrame, { type: "ready" | "bye" | "pong" }>,
  ): void {
    switch (frame.type) {
      case "ack":
        stream.confirmed = true;
        return;
      case "changes":
        // A page that starts behind our place would leave a hole: ask again from where we are.
        if (Number(frame.from) > Number(stream.cursor)) return this.#sendSubscribe(stream);
        this.lastAppliedAtMs = Date.now();
        return stream.takeChanges(frame.items, frame.to, frame.remaining);
      case "rows":
        this.lastAppliedAtMs = Date.now();
        return stream.takeRows(frame.items, frame.cursor);
      case "snapshot_required":
        return stream.takeSnapshot(frame.reason, frame.cursor);
      case "error":
        return stream.end(frame.code, frame.reason);
    }
  }

  /** Without a ready socket for a while, polling takes over even if the upgrade is still pending. */
  #armPolling(): void {
    if (this.#polling.isRunning || this.#pollTimer !== undefined) return;
    this.#pollTimer = setTimeout(() => this.#startPolling(), this.#timings.pollAfterMs);
  }

  #startPolling(): void {
    clearTimeout(this.#pollTimer);
    this.#pollTimer = undefined;
    if (this.#running) this.#polling.start(this.#streams.values());
  }

  #stopPolling(): void {
    clearTimeout(this.#pollTimer);
    this.#pollTimer = undefined;
    this.#polling.stop();
  }

  #updateState(): void {
    const polling = this.#polling.state;
    const next = feedStateOf(
      {
        socketReady: this.#socketReady,
        firstAttempt: this.#firstAttempt && polling === "off",
        polling,
      },
      this.#streams.values(),
    );
    if (sameFeedState(this.#state, next)) return;
    this.#state = next;
    for (const listener of this.#stateListeners) listener(next);
  }
}

function openGlobalSocket(url: string): ReturnType<OpenSocket> {
  const socket = new WebSocket(url);
  // Browsers type their handlers with their own event classes, of which the feed reads only `data`.
  return socket as unknown as ReturnType<OpenSocket>;
}
