import { ApiError } from "./api-error.ts";
import { type Backoff, backoffMs } from "./backoff.ts";
import { pollStream } from "./feed-poll.ts";
import type { FeedStream } from "./feed-stream.ts";
import type { ApiClient } from "./make-client.ts";

export type FeedPollingParts = {
  /** Must not retry by itself. */
  readonly client: ApiClient;
  /** How long to wait after failures. */
  readonly pauses: Backoff;
  /** A stream has got something. */
  readonly onReceived: () => void;
  /** Asked once more; `state` may be another. */
  readonly onAnswer: () => void;
};

/** Long polling of streams while there is no socket, each in a loop of its own. */
export class FeedPolling {
  readonly #parts: FeedPollingParts;
  readonly #results = new Map<FeedStream, "pending" | "working" | "failing">();
  #running: AbortController | null = null;

  constructor(parts: FeedPollingParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Of all streams together; `off` before the first answer. */
  get state(): "off" | "working" | "failing" {
    const results = [...this.#results.values()].filter((result) => result !== "pending");
    if (results.length === 0) return "off";
    return results.every((result) => result === "working") ? "working" : "failing";
  }

  start(streams: Iterable<FeedStream>): void {
    if (this.#running !== null) return;
    this.#running = new AbortController();
    for (const stream of streams) this.follow(stream);
  }

  /** Polls a stream that has come meanwhile; one that comes before the start is polled from then on. */
  follow(stream: FeedStream): void {
    if (this.#running === null) return;
    this.#results.set(stream, "pending");
    void this.#loop(stream, this.#running.signal);
  }

  /** Leaves a stream that has ended. */
  leave(stream: FeedStream): void {
    this.#results.delete(stream);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#results.clear();
  }

  async #loop(stream: FeedStream, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted && !stream.ended;) {
      const pauseMs = await this.#pollOnce(stream, signal);
      failures = pauseMs === null ? failures + 1 : 0;
      const waitMs = pauseMs ?? backoffMs(this.#parts.pauses, failures - 1, Math.random());
      if (waitMs > 0) await abortablePause(waitMs, signal);
    }
  }

  /** Returns the pause before the next poll, or null when this one failed. */
  async #pollOnce(stream: FeedStream, signal: AbortSignal): Promise<number | null> {
    const before = stream.cursor;
    try {
      const pauseMs = await pollStream(this.#parts.client, stream, signal);
      if (signal.aborted) return 0;
      if (stream.cursor !== before) this.#parts.onReceived();
      this.#note(stream, "working");
      return pauseMs;
    } catch (error) {
      if (signal.aborted) return 0;
      if (error instanceof ApiError && isRefusal(error)) stream.end(error.code, error.reason);
      this.#note(stream, stream.ended ? "working" : "failing");
      return null;
    }
  }

  #note(stream: FeedStream, result: "working" | "failing"): void {
    if (this.#results.has(stream)) this.#results.set(stream, result);
    this.#parts.onAnswer();
  }
}

/** Answers that asking again will not change. A lost session ends in the client's own sign-in page. */
function isRefusal(error: ApiError): boolean {
  return (
    error.code === "forbidden" || error.code === "not_found" || error.code === "unauthenticated"
  );
}

function abortablePause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, durationMs);
    signal.addEventListener("abort", end);
  });
}
