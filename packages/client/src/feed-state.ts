import type { FeedStream } from "./feed-stream.ts";

/** How the reader is connected; always shown to people. */
export type FeedState =
  | { readonly kind: "live" }
  /** Connected; `remaining` changes are still to come. */
  | { readonly kind: "catching_up"; readonly remaining: number }
  /** No socket, but polling works: everything arrives, a little later. */
  | { readonly kind: "degraded" }
  | { readonly kind: "offline" };

export type Transports = {
  readonly socketReady: boolean;
  /** The socket has never been up and its first attempt is still running. */
  readonly firstAttempt: boolean;
  readonly polling: "off" | "working" | "failing";
};

export function feedStateOf(transports: Transports, streams: Iterable<FeedStream>): FeedState {
  if (transports.socketReady) {
    const open = [...streams].filter((stream) => !stream.ended);
    const remaining = open.reduce((sum, stream) => sum + stream.remaining, 0);
    const isLive = remaining === 0 && open.every((stream) => stream.confirmed);
    return isLive ? { kind: "live" } : { kind: "catching_up", remaining };
  }
  if (transports.firstAttempt) return { kind: "catching_up", remaining: 0 };
  return transports.polling === "working" ? { kind: "degraded" } : { kind: "offline" };
}

export function sameFeedState(left: FeedState, right: FeedState): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind !== "catching_up" || right.kind !== "catching_up") return true;
  return left.remaining === right.remaining;
}
