/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { setTimeout as delay } from "node:timers/promises";
import { live } from "@headcount/contract/live/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, workspace } from "../../tests/support/start-product.ts";
import { atMost, fact, type Figure, percentile, progress } from "../lib/figures.ts";
import { watchStolenTime } from "../lib/stolen-time.ts";
import type { BusyAgents } from "./busy-agents.ts";

/** A call that no other traffic of a minute is mistaken for. */
const probeTokens = 5_000_000;
const mostProbes = 20;
/** All of them have to fit into the minute that the gauge shows, also on a slow machine. */
const mostMs = 42_000;
const naivePollMs = 2_000;

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
  const poll = pollSnapshot(product, polled, polling.signal);
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
  while (sentAt.length < mostProbes && Date.now() - startedAt < mostMs) {
    const at = Date.now();
    await busy.report(sentAt.length, probeTokens);
    const storedAt = Date.now();
    sentAt.push(at);
    storedMs.push(storedAt - at);
    const { gauges } = await product.call(live.snapshot, { workspace, tz: "UTC" });
    lookMs.push(Date.now() - storedAt);
    const counted = Math.floor(Number(gauges.oneMinute.tokens.total) / probeTokens);
    if (counted < sentAt.length) throw new Error("A look does not count what was stored before it");
    // Not in step with the half second in which the page asks at most once.
    await delay(1_300 + ((sentAt.length * 377) % 900));
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

type Seen = { readonly atMs: number; readonly count: number };

/** Milliseconds from each report to the first look that counted as many. */
function delays(sentAt: readonly number[], seen: readonly Seen[]): readonly number[] {
  return sentAt.map((at, index) => {
    const first = seen.find(({ atMs, count }) => atMs >= at && count > index);
    return (first?.atMs ?? Number.POSITIVE_INFINITY) - at;
  });
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
  return values.map(({ atMs, value }) => ({ atMs, count: Math.floor(value / probeTokens) }));
}

/** What a page without a feed would do. */
async function pollSnapshot(product: Product, seen: Seen[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { gauges } = await product.call(live.snapshot, { workspace, tz: "UTC" });
    const tokens = Number(gauges.oneMinute.tokens.total);
    seen.push({ atMs: Date.now(), count: Math.floor(tokens / probeTokens) });
    await delay(naivePollMs, undefined, { signal }).catch(() => undefined);
  }
}
