/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "@headcount/testkit/wait-for";
import { type ChartStage, startChartStage } from "../support/start-chart-stage.ts";
import { startBrowser, type TestBrowser } from "./support/browser.ts";
import { ChartHands } from "./support/chart-hands.ts";
import { violations } from "./support/violations.ts";

describe("a chart to the eye and the ear", () => {
  let stage: ChartStage;
  let browser: TestBrowser;
  beforeAll(async () => {
    stage = await startChartStage();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  });

  type Look = { readonly query?: string; readonly dark?: boolean; readonly width?: number };

  async function open({ query = "", dark = false, width = 1440 }: Look): Promise<Page> {
    const { page } = await browser.open({ dark, width });
    await page.goto(`${stage.url}?${query}`);
    if (!query.includes("view=table")) await page.locator("canvas").nth(2).waitFor();
    return page;
  }

  describe.each([
    ["English", "light", "language=en", false],
    ["English", "dark", "language=en", true],
    ["Chinese", "light", "language=zh-Hans", false],
    ["Chinese", "dark", "language=zh-Hans", true],
  ])("in %s and the %s theme", (_, theme, query, dark) => {
    it("INV-126 breaks no AA rule at rest", async () => {
      const page = await open({ query, dark });
      expect(await violations(page, `chart, ${theme}`)).toEqual([]);
      await page.context().close();
    });

    it("INV-126 breaks none with a bucket pinned", async () => {
      const page = await open({ query, dark });
      const hands = new ChartHands(page);
      const place = await hands.at(0.5);
      await page.mouse.click(place.x, place.y);
      await hands.marks("pin", 3);
      expect(await violations(page, `pinned, ${theme}`)).toEqual([]);
      await page.context().close();
    });

    it("INV-126 breaks none as a table", async () => {
      const page = await open({ query: `${query}&view=table`, dark });
      await page.getByRole("table").nth(2).waitFor();
      expect(await violations(page, `table, ${theme}`)).toEqual([]);
      await page.context().close();
    });
  });

  it("every control and readout speaks Chinese", async () => {
    const page = await open({ query: "language=zh-Hans" });
    await page.getByText("实时", { exact: true }).waitFor();
    await page.getByRole("button", { name: "放大" }).click();
    await page.getByText("已暂停").waitFor();
    await page.getByRole("button", { name: "继续" }).waitFor();
    const role = await page.locator("[data-panel=tokens]").getAttribute("aria-roledescription");
    expect(role).toBe("时间序列图");
    const range = await page.locator("[data-shown]").textContent();
    expect(range).toMatch(/^2026\/11\/21/);
    await page.context().close();
  });

  it("the table holds every bucket of the range, the newest first, gaps as gaps", async () => {
    const page = await open({ query: "view=table" });
    const table = page.getByRole("table", { name: "Tokens" });
    const first = table.getByRole("row").nth(1);
    expect(await first.textContent()).toMatch(/14:00 · still being filled/);
    expect(await table.getByRole("row").count()).toBe(101);
    await page.getByRole("button", { name: "Show 45 older rows" }).first().click();
    await waitFor(async () => (await table.getByRole("row").count()) === 146, {
      describe: "twelve hours of five minutes",
    });
    const older = page.getByRole("button", { name: "Show 100 older rows" });
    await older.first().click();
    await older.first().click();
    const agents = page.getByRole("table", { name: "Agents" });
    await waitFor(async () => (await agents.getByText("no data").count()) === 3, {
      describe: "the hole in each of the three series",
    });
    await page.context().close();
  });

  it("the picture follows the theme of the page", async () => {
    const page = await open({});
    const hands = new ChartHands(page);
    const light = await hands.picture();
    await page.evaluate(() => {
      document.documentElement.dataset["theme"] = "dark";
    });
    await waitFor(async () => (await hands.picture()) !== light, { describe: "a dark picture" });
    expect(await hands.picture("cost")).not.toBe(light);
    await page.context().close();
  });

  it("fits a phone without anything to the side", async () => {
    const page = await open({ width: 390 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await page.context().close();
  });

  it("moves nothing by itself for people who want no motion", async () => {
    const page = await open({});
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.getByText("Paused").waitFor();
    const running = await page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 1).length,
    );
    expect(running).toBe(0);
    await page.context().close();
  });

  it.each([
    ["light", false],
    ["dark", true],
  ])("series are told apart without colour in the %s theme", async (_, dark) => {
    const page = await open({ dark });
    for (const panel of ["Tokens", "Agents"]) {
      const swatches = page
        .getByRole("region", { name: new RegExp(`^${panel}`) })
        .locator("li svg[aria-hidden]");
      const pictures = await greys(page, await swatches.count(), panel);
      for (const [index, one] of pictures.entries()) {
        for (const other of pictures.slice(index + 1)) {
          expect(shareOfDifferentPixels(one, other)).toBeGreaterThan(0.06);
        }
      }
    }
    await page.context().close();
  });

  it("series of one colour alone are not told apart by the same measure", async () => {
    const page = await open({});
    const [one, other] = [await greys(page, 1, "Tokens"), await greys(page, 1, "Tokens")];
    expect(shareOfDifferentPixels(one[0] ?? [], other[0] ?? [])).toBe(0);
    await page.context().close();
  });
});

/** Lightness of each pixel of the swatches of a panel, as a print without colour shows them. */
async function greys(
  page: Page,
  count: number,
  panel: string,
): Promise<readonly (readonly number[])[]> {
  const swatches = page
    .getByRole("region", { name: new RegExp(`^${panel}`) })
    .locator("li svg[aria-hidden]");
  const pictures: (readonly number[])[] = [];
  for (let index = 0; index < count; index += 1) {
    const png = await swatches.nth(index).screenshot();
    pictures.push(
      await page.evaluate(async (base64) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [12, 10];
        const ctx = canvas.getContext("2d");
        if (ctx === null) throw new Error("There is no canvas.");
        ctx.filter = "grayscale(1)";
        // Swatches have their own widths; the middle of each is compared.
        ctx.drawImage(image, (image.width - 12) / 2, 0, 12, 10, 0, 0, 12, 10);
        const { data } = ctx.getImageData(0, 0, 12, 10);
        return Array.from({ length: 120 }, (_, pixel) => data[pixel * 4] ?? 0);
      }, png.toString("base64")),
    );
  }
  return pictures;
}

/** Pixels whose lightness differs by more than an eye overlooks, as a share. */
function shareOfDifferentPixels(one: readonly number[], other: readonly number[]): number {
  const different = one.filter((value, index) => Math.abs(value - (other[index] ?? 0)) > 24);
  return different.length / Math.max(1, one.length);
}
