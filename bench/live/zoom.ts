/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { startBrowser } from "../../tests/e2e/support/browser.ts";
import { startChartStage } from "../../tests/support/start-chart-stage.ts";
import { atLeast, atMost, fact, type Figure, percentile, progress } from "../lib/figures.ts";

const points = 1_000_000;
const targetPerSecond = 50;
/** Frames of each way of moving; two seconds at 60 a second. */
const framesEach = 120;

type Move = { readonly deltaX: number; readonly deltaY: number; readonly ctrlKey: boolean };

/** Zooming and panning a million points, beside a canvas that draws all of them each time. */
export async function benchZoom(): Promise<Figure[]> {
  progress(`drawing ${points} points`);
  await using stage = await startChartStage();
  await using browser = await startBrowser();
  const { page } = await browser.open();
  await page.goto(`${stage.url}?points=${points}`);
  await page.locator("canvas").waitFor();
  const still = await frames(page, null);
  const cpu = await mainThread(page);
  const zoomIn = await frames(page, { deltaX: 0, deltaY: -5, ctrlKey: true });
  const pan = await frames(page, { deltaX: -12, deltaY: 0, ctrlKey: false });
  const zoomOut = await frames(page, { deltaX: 0, deltaY: 5, ctrlKey: true });
  const busyMs = (await cpu()) / (3 * framesEach);
  const naive = await naiveFrames(page);
  const perSecond = (times: readonly number[]): number =>
    (1_000 * times.length) / times.reduce((sum, time) => sum + time, 0);
  const rate = (name: string, times: readonly number[]): Figure =>
    atLeast({
      name,
      value: perSecond(times),
      unit: "frames/s",
      target: targetPerSecond,
      baseline: perSecond(naive),
    });
  return [
    rate("1,000,000 points, zooming in", zoomIn),
    rate("1,000,000 points, panning", pan),
    rate("1,000,000 points, zooming out", zoomOut),
    fact({
      name: "1,000,000 points, frame while zooming and panning (p95)",
      value: percentile([...zoomIn, ...pan, ...zoomOut], 0.95),
      unit: "ms",
      baseline: percentile(naive, 0.95),
      better: "smaller",
    }),
    atMost({
      name: "1,000,000 points, processor time of the page's thread per frame",
      value: busyMs,
      unit: "ms",
      target: 1_000 / targetPerSecond,
      baseline: null,
    }),
    fact({
      name: "the same page at rest",
      value: perSecond(still),
      unit: "frames/s",
      baseline: null,
      better: "larger",
    }),
  ];
}

/**
 * Milliseconds of processor time that the page's thread spends from now on until asked: unlike the
 * time between frames it does not grow with what else the machine does.
 */
async function mainThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  const before = await spent();
  return async () => (await spent()) - before;
}

/** Milliseconds between frames while the wheel turns a notch in each of them, or nothing happens. */
async function frames(page: Page, move: Move | null): Promise<readonly number[]> {
  return page.evaluate(
    async ({ count, turn }) => {
      const plot = document.querySelector("[data-plot]");
      if (plot === null) throw new Error("There is no plot.");
      const box = plot.getBoundingClientRect();
      const place = { clientX: box.left + box.width * 0.7, clientY: box.top + box.height / 2 };
      const times: number[] = [];
      let last = await new Promise<number>((done) => requestAnimationFrame(done));
      while (times.length < count) {
        if (turn !== null)
          plot.dispatchEvent(
            new WheelEvent("wheel", { ...turn, ...place, bubbles: true, cancelable: true }),
          );
        const now = await new Promise<number>((done) => requestAnimationFrame(done));
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { count: framesEach, turn: move },
  );
}

/** The same number of points, all of them drawn as one line in every frame. */
async function naiveFrames(page: Page): Promise<readonly number[]> {
  return page.evaluate(
    async ({ count, frames: wanted }) => {
      const values = Float64Array.from({ length: count }, (_, index) => Math.sin(index / 9_000));
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [1_374, 338];
      document.body.replaceChildren(canvas);
      const ctx = canvas.getContext("2d");
      if (ctx === null) throw new Error("There is no canvas.");
      const times: number[] = [];
      let last = await new Promise<number>((done) => requestAnimationFrame(done));
      for (let frame = 0; frame < wanted; frame += 1) {
        ctx.clearRect(0, 0, canvas.width, canvas.height);
        ctx.beginPath();
        values.forEach((value, index) =>
          ctx.lineTo((index / count) * canvas.width - frame, 169 + value * 150),
        );
        ctx.stroke();
        const now = await new Promise<number>((done) => requestAnimationFrame(done));
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { count: points, frames: 5 },
  );
}
