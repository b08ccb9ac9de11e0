/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usageImport } from "@headcount/contract/usage/import-routes";
import { workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";
import { startUsageWorld, type UsageWorld } from "./support/usage-world.ts";

/** As long as names of models on shared machines are. */
const longModel = "accounts/fireworks/models/qwen3-coder-480b-a35b-instruct";

describe("texts at 390 pixels", () => {
  let world: UsageWorld;
  let browser: TestBrowser;
  beforeAll(async () => {
    world = await startUsageWorld();
    await importLongModel(world);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await world.product[Symbol.asyncDispose]();
  });

  async function open(path: string, language: string): Promise<Page> {
    const { page } = await browser.open({ width: 390, language });
    await signIn(world.product, page);
    await page.goto(`${world.product.url}/${path}`);
    return page;
  }

  it.each(["en-GB", "zh-CN"])(
    "usage scrolls down only, and names its months whole: %s",
    async (language) => {
      const page = await open(`${workspace}/usage`, language);
      const grid = page.getByRole("grid");
      await grid.waitFor();
      await page.getByRole("button", { name: longModel }).first().waitFor();
      expect(await sideways(page.getByRole("main"))).toEqual([]);
      // The newest weeks are in sight at first; older ones are scrolled to.
      for (const scrollLeft of [Number.MAX_SAFE_INTEGER, 100, 30, 0]) {
        await grid.evaluate((table, left) => {
          if (table.parentElement) table.parentElement.scrollLeft = left;
        }, scrollLeft);
        await expect.poll(() => monthsCutIn(grid)).toEqual([]);
        expect(await grid.locator("thead").innerText()).not.toBe("");
      }
      await page.context().close();
    },
  );

  it.each([
    ["usage?view=table&days=1&bucket=hour", "en-GB"],
    ["usage?view=table&days=1&bucket=hour", "zh-CN"],
    ["usage?view=table&bucket=week", "en-GB"],
    ["usage?view=table&bucket=week", "zh-CN"],
    ["live?view=table", "en-GB"],
    ["live?view=table", "zh-CN"],
  ])("tables name their columns and times whole: %s in %s", async (path, language) => {
    const page = await open(`${workspace}/${path}`, language);
    const table = page.locator("div[role=group] table").first();
    const notOver = /so far|still being filled|截至目前|尚未结束/;
    await table.getByRole("cell").filter({ hasText: notOver }).first().waitFor();
    expect(await cutIn(table.locator("th, td:first-child"))).toEqual([]);
    await page.context().close();
  });

  it("the columns of what usage came to have their colour beside their name", async () => {
    const page = await open(`${workspace}/usage`, "en-GB");
    const heads = page.getByRole("table", { name: "What it came to" }).locator("th:has([style])");
    await heads.first().waitFor();
    const apart = await heads.evaluateAll((cells) =>
      cells.flatMap((cell) => {
        const swatch = cell.querySelector("[style]")?.getBoundingClientRect();
        const words = document.createRange();
        words.selectNodeContents(cell.querySelector("[style]")?.nextSibling ?? cell);
        const [line] = words.getClientRects();
        const isBeside =
          swatch && line && swatch.right <= line.left && swatch.bottom <= line.bottom;
        return isBeside ? [] : [cell.textContent];
      }),
    );
    expect(apart).toEqual([]);
    expect(await heads.count()).toBe(5);
    await page.context().close();
  });

  it("sessions are named in the reader's language, what is unknown too", async () => {
    const page = await open("settings/account", "zh-CN");
    await page.getByText("Linux 上的 Chrome").first().waitFor();
    // Signed up without a browser.
    await page.getByText("未知设备").waitFor();
    await page.getByRole("button", { name: "结束 未知设备 上的会话" }).waitFor();
    expect(await page.getByText("Unknown device").count()).toBe(0);
    await page.context().close();
  });
});

/** What scrolls up and down and has something to the side as well. */
async function sideways(within: Locator): Promise<string[]> {
  return within.evaluate((main) =>
    [main, ...main.querySelectorAll("*")]
      .filter((element) => {
        const { overflowY } = getComputedStyle(element);
        const isTall =
          (overflowY === "auto" || overflowY === "scroll") && element.clientHeight > 300;
        return isTall && element.scrollWidth > element.clientWidth;
      })
      .map((element) => `${element.className}: ${element.scrollWidth} of ${element.clientWidth}`),
  );
}

/** Names of months that begin left of what is in sight. */
async function monthsCutIn(grid: Locator): Promise<(string | null)[]> {
  return grid.evaluate((table) => {
    const left = table.parentElement?.getBoundingClientRect().left ?? 0;
    return [...table.querySelectorAll("thead th")]
      .filter((cell) => cell.textContent !== "" && cell.getBoundingClientRect().left < left)
      .map((cell) => cell.textContent);
  });
}

async function cutIn(cells: Locator): Promise<(string | null)[]> {
  return cells.evaluateAll((all) =>
    all
      .filter(
        (cell) => cell.scrollWidth > cell.clientWidth || cell.scrollHeight > cell.clientHeight,
      )
      .map((cell) => cell.textContent),
  );
}

async function importLongModel(world: UsageWorld): Promise<void> {
  await world.product.call(usageImport.import, {
    workspace,
    cli: "opencode",
    records: [
      {
        key: "long",
        sessionId: "long",
        provider: "fireworks",
        model: longModel,
        role: "main",
        usedAt: new Date(Date.now() - 60_000).toISOString(),
        cumulative: false,
        revision: 0,
        input: 4_000_000,
        cacheRead: 0,
        cacheWrite5m: 0,
        cacheWrite1h: 0,
        output: 900,
        reasoning: 0,
        reportedCostUsd: null,
        reportedCostBasis: null,
        billing: "api",
      },
    ],
  });
}
