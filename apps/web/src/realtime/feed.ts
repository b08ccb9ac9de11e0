import { Feed } from "@headcount/client/feed";
import type { FeedState } from "@headcount/client/feed-state";
import { contractVersion } from "@headcount/contract/version";
import { api } from "../data/api.ts";
import { noteChangeApplied, setConnectionState } from "./connection-store.ts";
import { noteServerContract } from "./version-store.ts";

/** The tab's one connection; it starts with the first workspace that is opened. */
export const feed = new Feed({
  baseUrl: location.origin,
  client: api,
  onReady: ({ contract }) => noteServerContract(contract > contractVersion),
});

/** Between sockets that are tried while nothing works: the reader is looking at an old page. */
const offlineRetryMs = 10_000;
let offlineTimer: ReturnType<typeof setInterval> | undefined;
let before: FeedState["kind"] = feed.state.kind;

feed.onState((state) => {
  setConnectionState(state.kind, state.kind === "catching_up" ? state.remaining : 0);
  if (state.kind === "live") noteChangeApplied(new Date());
  clearInterval(offlineTimer);
  if (state.kind === "offline") offlineTimer = setInterval(() => feed.wake(), offlineRetryMs);
  // Polling got through again, so a socket will too; there is no reason to wait out its pause.
  if (before === "offline" && state.kind === "degraded") feed.wake();
  before = state.kind;
});

window.addEventListener("online", () => feed.wake());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") feed.wake();
});
