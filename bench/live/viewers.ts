import { setTimeout as delay } from "node:timers/promises";
import { Feed } from "@headcount/client/feed";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, workspace } from "../../tests/support/start-product.ts";
import { atMost, fact, type Figure, percentile, progress } from "../lib/figures.ts";
import { watchStolenTime } from "../lib/stolen-time.ts";
import type { BusyAgents } from "./busy-agents.ts";
import {
  delays,
  look,
  mostProbesMs,
  pauseAfter,
  pollLooks,
  probeTokens,
  type Seen,
} from "./gauge-probes.ts";

/** A team with the live page on every second screen. */
const viewers = 20;
const mostProbes = 15;
/** A page that hears of a change asks for a look, at most this often. */
const atMostEveryMs = 500;

/** From the report of a call to the look of each of twenty live pages that counts it. */
export async function benchViewers(product: Product, busy: BusyAgents): Promise<Figure[]> {
  progress(`opening ${viewers} live pages beside ${busy.count} busy agents`);
  const closing = new AbortController();
  const pages: Seen[][] = Array.from({ length: viewers }, () => []);
  const polled: Seen[] = [];
  const open = [
    ...pages.map((seen) => followLooks(product, seen, closing.signal)),
    pollLooks(product, polled, closing.signal),
  ];
  try {
    const all = [...pages, polled];
    await waitFor(() => all.every((seen) => seen.length > 0), { describe: "a first look of each" });
    const stolen = watchStolenTime();
    const sentAt = await sendProbes(busy);
    const isCounted = (seen: readonly Seen[]) => (seen.at(-1)?.count ?? 0) >= sentAt.length;
    await waitFor(() => all.every(isCounted), { describe: "the last call in every look" });
    const shown = pages.flatMap((seen) => delays(sentAt, seen));
    const naive = delays(sentAt, polled);
    return [
      atMost({
        name: `call reported → look of each of ${viewers} live pages, ${busy.count} busy agents (p95)`,
        value: percentile(shown, 0.95),
        unit: "ms",
        target: 2_000,
        baseline: percentile(naive, 0.95),
      }),
      fact({
        name: "the same, median",
        value: percentile(shown, 0.5),
        unit: "ms",
        baseline: percentile(naive, 0.5),
        better: "smaller",
      }),
      fact({
        name: "processors kept by the host meanwhile",
        value: stolen(),
        unit: "%",
        baseline: null,
        better: "smaller",
      }),
    ];
  } finally {
    closing.abort();
    await Promise.all(open);
  }
}

async function sendProbes(busy: BusyAgents): Promise<readonly number[]> {
  const sentAt: number[] = [];
  const startedAt = Date.now();
  while (sentAt.length < mostProbes && Date.now() - startedAt < mostProbesMs) {
    sentAt.push(Date.now());
    await busy.report(sentAt.length, probeTokens);
    await pauseAfter(sentAt.length);
  }
  return sentAt;
}

/** What a page does: it hears of changes and looks when there were some. */
async function followLooks(product: Product, seen: Seen[], signal: AbortSignal): Promise<void> {
  const { id } = await product.call(workspaces.get, { workspace });
  const { url: baseUrl, ownerToken: token } = product;
  const feed = new Feed({ baseUrl, client: product.clientFor(token), token });
  let isDue = true;
  const hear = (): void => {
    isDue = true;
  };
  feed.subscribe(`workspace:${id}`, "0", { onChanges: hear, onSnapshotRequired: hear });
  feed.start();
  while (!signal.aborted) {
    if (isDue) {
      isDue = false;
      const rest = delay(atMostEveryMs);
      seen.push(await look(product));
      await rest;
    } else {
      await delay(10);
    }
  }
  feed.stop();
}
