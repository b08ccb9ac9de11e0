import type { CDPSession, Page } from "playwright-core";
import { type Product, workspace } from "../../tests/support/start-product.ts";
import { atMost, fact, type Figure, progress } from "../lib/figures.ts";
import { watchStolenTime } from "../lib/stolen-time.ts";

/** Simulated time; the page's own clock and timers run this much while traffic goes on. */
const hours = Number(process.env["HEADCOUNT_BENCH_HOURS"] ?? 8);
/** Real time after which it ends with what has passed by then; the figure says how much that was. */
const mostMinutes = Number(process.env["HEADCOUNT_BENCH_MINUTES"] ?? Number.POSITIVE_INFINITY);
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
  await pass(page, warmUpMinutes * 60_000, Number.POSITIVE_INFINITY);
  const before = await heapBytes(session);
  const startedAt = Date.now();
  const stolen = watchStolenTime();
  const passedMs = await pass(page, hours * 3_600_000, startedAt + mostMinutes * 60_000);
  const realMinutes = (Date.now() - startedAt) / 60_000;
  const after = await heapBytes(session);
  const passed = `${Number((passedMs / 3_600_000).toFixed(1))} simulated hours`;
  return [
    atMost({
      name: `live page, heap growth in ${passed} of traffic`,
      value: Math.max(0, after - before) / 1_000_000,
      unit: "MB",
      target: 20,
      baseline: null,
    }),
    ...[
      { name: "what the page held before", value: before / 1_000_000, unit: "MB" },
      { name: `real time of the ${passed}`, value: realMinutes, unit: "min" },
      { name: "processors kept by the host meanwhile", value: stolen(), unit: "%" },
    ].map((told) => fact({ ...told, baseline: null, better: "smaller" as const })),
  ];
}

/**
 * Lets time pass on the page; each step ends with an answer that the page has asked for in it.
 * @returns how much of it has passed by then
 */
async function pass(page: Page, ms: number, untilMs: number): Promise<number> {
  let passedMs = 0;
  for (; passedMs < ms && Date.now() < untilMs; passedMs += stepMs) {
    await Promise.all([
      page.waitForResponse((reply) => new URL(reply.url()).pathname.includes("/live")),
      page.clock.runFor(stepMs),
    ]);
  }
  return passedMs;
}

async function heapBytes(session: CDPSession): Promise<number> {
  // What is only reachable through what was freed goes in the second turn.
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}
