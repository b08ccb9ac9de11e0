/// <reference lib="dom" />
import type { Page } from "playwright-core";
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
  probesIn,
  probeTokens,
  type Seen,
} from "./gauge-probes.ts";

const mostProbes = 20;

/** From the moment a daemon reports a call to the frame in which the gauge of the page counts it. */
export async function benchPixel(
  product: Product,
  page: Page,
  busy: BusyAgents,
): Promise<Figure[]> {
  progress(`reporting calls beside ${busy.count} busy agents`);
  await page.goto(`${product.url}/${workspace}/live`);
  await page.getByRole("meter", { name: "Tokens" }).waitFor();
  await watchGauge(page);
  const polling = new AbortController();
  const polled: Seen[] = [];
  const poll = pollLooks(product, polled, polling.signal);
  try {
    const probes = await sendProbes(product, busy);
    const seen = await waitFor(
      async () => {
        const found = await readSeen(page);
        return found.some(({ count }) => count >= probes.sentAt.length) ? found : undefined;
      },
      { describe: "the last call in the gauge", timeoutMs: 15_000 },
    );
    await waitFor(() => polled.some(({ count }) => count >= probes.sentAt.length), {
      describe: "the last call in a poll",
    });
    return describe(busy, probes, { seen, polled });
  } finally {
    polling.abort();
    await poll;
  }
}

type Probes = {
  readonly sentAt: readonly number[];
  /** From the report to the answer that it is in the books. */
  readonly storedMs: readonly number[];
  /** From then to the answer of a look that counts it, as a page asks for one when it is told. */
  readonly lookMs: readonly number[];
  readonly stolenPercent: number;
};

async function sendProbes(product: Product, busy: BusyAgents): Promise<Probes> {
  const sentAt: number[] = [];
  const storedMs: number[] = [];
  const lookMs: number[] = [];
  const stolen = watchStolenTime();
  const startedAt = Date.now();
  while (sentAt.length < mostProbes && Date.now() - startedAt < mostProbesMs) {
    const at = Date.now();
    await busy.report(sentAt.length, probeTokens);
    const storedAt = Date.now();
    sentAt.push(at);
    storedMs.push(storedAt - at);
    const { atMs, count } = await look(product);
    lookMs.push(atMs - storedAt);
    if (count < sentAt.length) throw new Error("A look does not count what was stored before it");
    await pauseAfter(sentAt.length);
  }
  return { sentAt, storedMs, lookMs, stolenPercent: stolen() };
}

type Looks = { readonly seen: readonly Seen[]; readonly polled: readonly Seen[] };

function describe(
  busy: BusyAgents,
  { sentAt, storedMs, lookMs, stolenPercent }: Probes,
  { seen, polled }: Looks,
): Figure[] {
  const shown = delays(sentAt, seen);
  return [
    atMost({
      name: `call reported → gauge in a painted frame, ${busy.count} busy agents (p95)`,
      value: percentile(shown, 0.95),
      unit: "ms",
      target: 2_000,
      baseline: percentile(delays(sentAt, polled), 0.95),
    }),
    atMost({
      name: "the server's share: report → stored → next look answered (p95)",
      value: percentile(
        storedMs.map((ms, index) => ms + (lookMs[index] ?? 0)),
        0.95,
      ),
      unit: "ms",
      target: 250,
      baseline: null,
    }),
    ...[
      { name: "of it until the server has stored and answered the report (p95)", times: storedMs },
      { name: "of it the look, through HTTP (p95)", times: lookMs },
      { name: "the look, median", times: lookMs, part: 0.5 },
    ].map(({ name, times, part = 0.95 }) =>
      fact({ name, value: percentile(times, part), unit: "ms", baseline: null, better: "smaller" }),
    ),
    fact({
      name: "processors kept by the host meanwhile",
      value: stolenPercent,
      unit: "%",
      baseline: null,
      better: "smaller",
    }),
  ];
}

type Watching = typeof globalThis & { gaugeSeen: { atMs: number; value: number }[] };

/** Notes every value of the gauge with the time of the frame that shows it. */
async function watchGauge(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: { atMs: number; value: number }[] = [];
    Object.assign(globalThis, { gaugeSeen: seen });
    new MutationObserver(() => {
      const gauge = document.querySelector("[role=meter][aria-label=Tokens]");
      const value = Number(gauge?.getAttribute("aria-valuenow"));
      if (seen.at(-1)?.value === value) return;
      requestAnimationFrame(() => seen.push({ atMs: Date.now(), value }));
    }).observe(document.body, { subtree: true, attributes: true, childList: true });
  });
}

async function readSeen(page: Page): Promise<readonly Seen[]> {
  const values = await page.evaluate(() => (globalThis as Watching).gaugeSeen);
  return values.map(({ atMs, value }) => ({ atMs, count: probesIn(value) }));
}
