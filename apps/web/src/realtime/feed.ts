import { Feed } from "@headcount/client/feed";
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

feed.onState((state) => {
  setConnectionState(state.kind, state.kind === "catching_up" ? state.remaining : 0);
  if (state.kind === "live") noteChangeApplied(new Date());
});

window.addEventListener("online", () => feed.wake());
