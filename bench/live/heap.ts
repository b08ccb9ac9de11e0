import type { CDPSession, Page } from "playwright-core";
import { type Product, workspace } from "../../tests/support/start-product.ts";
import { atMost, type Figure, progress } from "../lib/figures.ts";

/** Simulated time; the page's own clock and timers run this much while traffic goes on. */
const hours = Number(process.env["HEADCOUNT_BENCH_HOURS"] ?? 8);
const warmUpMinutes = 5;
/** One step of the page's clock: nothing on the page waits longer between two loads of its gauges. */
const stepMs = 5_000;

/** How much the live page holds more after hours of traffic than after its first minutes. */
export async function benchHeap(product: Product, page: Page): Promise<Figure[]> {
  progress(`leaving the live page open for ${hours} simulated hours`);
  await page.clock.install();
  await page.goto(`${product.url}/${workspace}/live`);
  await page.getByRole("meter", { name: "Tokens" }).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  await pass(page, warmUpMinutes * 60_000);
  const before = await heapBytes(session);
  await pass(page, hours * 3_600_000);
  const after = await heapBytes(session);
  return [
    atMost({
      name: `live page, heap growth in ${hours} simulated hours of traffic`,
      value: Math.max(0, after - before) / 1_000_000,
      unit: "MB",
      target: 20,
      baseline: null,
    }),
  ];
}

/** Lets time pass on the page; each step ends with an answer that the page has asked for in it. */
async function pass(page: Page, ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
    await Promise.all([
      page.waitForResponse((reply) => new URL(reply.url()).pathname.includes("/live")),
      page.clock.runFor(stepMs),
    ]);
  }
}

async function heapBytes(session: CDPSession): Promise<number> {
  // What is only reachable through what was freed goes in the second turn.
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}
