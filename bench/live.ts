import type { Page } from "playwright-core";
import { signIn, startBrowser } from "../tests/e2e/support/browser.ts";
import { type Product, startProduct } from "../tests/support/start-product.ts";
import { type Figure, printFigures } from "./lib/figures.ts";
import { type BusyAgents, startBusyAgents } from "./live/busy-agents.ts";
import { benchHeap } from "./live/heap.ts";
import { benchPixel } from "./live/pixel.ts";
import { benchRuns } from "./live/runs.ts";
import { benchViewers } from "./live/viewers.ts";
import { benchZoom } from "./live/zoom.ts";

const busyAgents = 50;
/** Each busy agent calls its model so often. */
const pace = { everyMs: 1_000, tokens: 100 };

/** How soon what happens is seen: runs, lines, gauges, and a chart under somebody's hands. */
export async function benchLive(): Promise<Figure[]> {
  return [
    ...(await benchZoom()),
    ...(await benchRuns()),
    ...(await benchPage(benchPixel)),
    ...(await benchTeam()),
    ...(await benchPage(benchHeap)),
  ];
}

type PageBench = (product: Product, page: Page, busy: BusyAgents) => Promise<Figure[]>;

/** Measures the live page of a workspace in which fifty agents are at work. */
async function benchPage(bench: PageBench): Promise<Figure[]> {
  await using product = await startProduct({ web: true });
  await using browser = await startBrowser();
  return await besideBusyAgents(product, async (busy) => {
    const { page } = await browser.open();
    await signIn(product, page);
    return bench(product, page, busy);
  });
}

/** Measures what many viewers are answered at once; no browser takes part. */
async function benchTeam(): Promise<Figure[]> {
  await using product = await startProduct({});
  return await besideBusyAgents(product, (busy) => benchViewers(product, busy));
}

async function besideBusyAgents(
  product: Product,
  bench: (busy: BusyAgents) => Promise<Figure[]>,
): Promise<Figure[]> {
  const busy = await startBusyAgents(product, busyAgents);
  const traffic = new AbortController();
  const working = busy.work(pace, traffic.signal);
  try {
    return await bench(busy);
  } finally {
    traffic.abort();
    await working;
  }
}

const parts: Readonly<Record<string, () => Promise<Figure[]>>> = {
  all: benchLive,
  zoom: benchZoom,
  runs: benchRuns,
  gauge: () => benchPage(benchPixel),
  viewers: benchTeam,
  heap: () => benchPage(benchHeap),
};

if (import.meta.main) {
  const wanted = process.argv.slice(2).find((word) => !word.startsWith("-")) ?? "all";
  const part = parts[wanted];
  if (!part)
    throw new Error(`There is no part ${wanted}; there are ${Object.keys(parts).join(", ")}.`);
  printFigures(await part());
}
