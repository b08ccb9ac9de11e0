import { type ChartStage, startChartStage } from "../../support/start-chart-stage.ts";
import { startBrowser, type TestBrowser } from "./browser.ts";
import { ChartHands } from "./chart-hands.ts";
import type { Range } from "./ranges.ts";

/** The stage of charts in one browser; every test has a page of its own. */
export class ChartPages implements AsyncDisposable {
  readonly #stage: ChartStage;
  readonly #browser: TestBrowser;
  /** What was thrown on any of the pages. */
  readonly errors: string[] = [];

  private constructor(stage: ChartStage, browser: TestBrowser) {
    this.#stage = stage;
    this.#browser = browser;
  }

  static async start(): Promise<ChartPages> {
    return new ChartPages(await startChartStage(), await startBrowser());
  }

  /** Opens a page once its charts are painted, and tells the range that they begin with. */
  async open(): Promise<{ readonly hands: ChartHands; readonly home: Range }> {
    const { page } = await this.#browser.open();
    page.on("pageerror", (error) => this.errors.push(String(error)));
    const hands = new ChartHands(page);
    await page.goto(this.#stage.url);
    await page.locator("canvas").nth(2).waitFor();
    return { hands, home: await hands.range() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser[Symbol.asyncDispose]();
    await this.#stage[Symbol.asyncDispose]();
  }
}
