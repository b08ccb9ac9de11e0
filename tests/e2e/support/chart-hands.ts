/// <reference lib="dom" />
import type { CDPSession, Locator, Page } from "playwright-core";
import { waitFor } from "@headcount/testkit/wait-for";
import type { Range } from "./ranges.ts";

type Place = { readonly x: number; readonly y: number };

/** Hands on a chart on the stage: places are shares of the width of one plot. */
export class ChartHands {
  readonly page: Page;
  readonly panelId: string;

  constructor(page: Page, panelId = "tokens") {
    this.page = page;
    this.panelId = panelId;
  }

  panel(panelId: string = this.panelId): Locator {
    return this.page.locator(`[data-panel="${panelId}"]`);
  }

  plot(panelId: string = this.panelId): Locator {
    return this.page.locator(`[data-plot="${panelId}"]`);
  }

  async at(share: number): Promise<Place> {
    const box = await this.plot().boundingBox();
    if (!box) throw new Error("The chart is not on screen");
    return { x: box.x + share * box.width, y: box.y + box.height / 2 };
  }

  /** The range that the page keeps. */
  async range(): Promise<Range> {
    return JSON.parse((await this.page.locator("[data-range]").textContent()) ?? "null") as Range;
  }

  /** What the page was told to show the tasks of. */
  async selection(): Promise<{ readonly panelId: string; readonly range: Range } | null> {
    return JSON.parse(
      (await this.page.locator("[data-selection]").textContent()) ?? "null",
    ) as never;
  }

  /** Waits until the page keeps another range than this one. */
  async changed(before: Range): Promise<Range> {
    return waitFor(
      async () => {
        const now = await this.range();
        return now.fromMs === before.fromMs && now.toMs === before.toMs ? undefined : now;
      },
      { describe: "another range" },
    );
  }

  async drag(
    from: number,
    to: number,
    options: { button?: "left" | "middle" } = {},
  ): Promise<void> {
    const [start, end] = [await this.at(from), await this.at(to)];
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down(options);
    await this.page.mouse.move(end.x, end.y, { steps: 6 });
    await this.page.mouse.up(options);
  }

  /** Waits until this many plots show a mark: a cursor, a pin. */
  async marks(mark: "cursor" | "pin", count: number): Promise<void> {
    await waitFor(
      async () => (await this.page.locator(`[data-mark="${mark}"]`).count()) === count,
      { describe: `${count} times a ${mark}` },
    );
  }

  /** Pixels of the painted canvases as one number, to see whether a picture changed. */
  async picture(panelId: string = this.panelId): Promise<string> {
    return this.panel(panelId)
      .locator("canvas")
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  }
}

/** From one event of a double tap to the next: far below what the slowest fingers may take. */
const tapStepMs = 40;

/** Fingers as Chromium's own input takes them; each step lists where the fingers are. */
export class Fingers {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async on(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page));
  }

  async move(...steps: readonly (readonly Place[])[]): Promise<void> {
    for (const [index, places] of steps.entries()) {
      await this.#session.send("Input.dispatchTouchEvent", {
        type: index === 0 ? "touchStart" : "touchMove",
        touchPoints: places.map(({ x, y }, id) => ({ x, y, id })),
      });
    }
    await this.#session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  /** Taps twice, as fast as a hand does, however long the page takes to hear of it. */
  async doubleTap({ x, y }: Place): Promise<void> {
    const steps = ["touchStart", "touchEnd", "touchStart", "touchEnd"] as const;
    const startedMs = Date.now();
    for (const [index, type] of steps.entries()) {
      await this.#session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchStart" ? [{ x, y, id: 0 }] : [],
        timestamp: (startedMs + index * tapStepMs) / 1_000,
      });
    }
  }
}
