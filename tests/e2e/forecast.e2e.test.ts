/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent } from "@headcount/contract/agents/schemas";
import { budgets } from "@headcount/contract/budgets/routes";
import { usageForecasts } from "@headcount/contract/usage/forecast-routes";
import { usageImport } from "@headcount/contract/usage/import-routes";
import type { ImportRecord } from "@headcount/contract/usage/import-schemas";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";
import { violations } from "./support/violations.ts";

const dayMs = 24 * 60 * 60_000;
const daysBack = 130;

describe("the forecast", () => {
  let product: Product;
  let browser: TestBrowser;
  let page: Page;
  let errors: string[];
  let agent: Agent;
  beforeAll(async () => {
    product = await startProduct({
      web: true,
      daemonEnvironment: { HEADCOUNT_TUTORIAL_PACE_MS: "0" },
    });
    browser = await startBrowser();
    ({ page, errors } = await browser.open());
    await signIn(product, page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
  });

  const panel = (on: Page = page, title = "This month"): Locator =>
    on.getByRole("region", { name: title, exact: true });
  const forecast = () => product.call(usageForecasts.forecast, { workspace, tz: "UTC" });

  /** What every task of the tutorial costs. */
  const usually = /^usually \$0\.01/;
  /** Lets the agent do a task; returns the address of its issue. */
  async function work(at: number): Promise<string> {
    const { taskId, issue } = await product.assign(`Greet the team, time ${at}`, agent);
    await product.taskEnded(taskId);
    return `${product.url}/${workspace}/issues/${issue.key}`;
  }

  /** Three dollars a day, at midnight, for so many days until yesterday. */
  async function importDays(): Promise<void> {
    const today = Math.floor(Date.now() / dayMs) * dayMs;
    const records = Array.from({ length: daysBack }, (_, index) =>
      callAt(today - (index + 1) * dayMs),
    );
    const { results } = await product.call(usageImport.import, {
      workspace,
      cli: "claude",
      records,
    });
    expect(results.filter(({ result }) => result !== "stored")).toEqual([]);
  }

  it("says nothing before there is enough to go by, and why", async () => {
    await page.goto(`${product.url}/${workspace}/usage`);
    await panel().getByText("Nothing was used in the last half year").waitFor();
    expect(await panel().getByRole("img").count()).toBe(0);
    await importDays();
    await panel().getByRole("img").waitFor();
  });

  it("shows the month so far, where it ends, and how far off past months were", async () => {
    const { billed } = await forecast();
    expect(billed.backTest).toMatchObject({ medianErrorPercent: 0 });
    for (const usd of [billed.spentUsd, billed.projected?.usd]) {
      await panel().locator(`data[value="${usd}"]`).first().waitFor();
    }
    await panel()
      .getByText(/^Off by, same day of/)
      .waitFor();
    const chart = panel().getByRole("img");
    expect(await chart.getAttribute("aria-label")).toMatch(/so far, about \$/);
    expect(await violations(page, "chart")).toEqual([]);
    // The last day of the month, read off the chart.
    const box = await chart.boundingBox();
    if (box === null) throw new Error("The chart is not drawn");
    await page.mouse.move(box.x + box.width - 4, box.y + 60);
    await panel().getByText("Projected sum").waitFor();
  });

  it("has the same figures in a table, with the past months", async () => {
    const { billed } = await forecast();
    await panel().getByRole("radio", { name: "Table" }).click();
    const days = panel().getByRole("table", { name: "Days of the month" });
    await days.locator(`tbody tr:first-child data[value="${billed.projected?.usd}"]`).waitFor();
    expect(await days.locator("tbody tr").count()).toBe(billed.days.length);
    const months = panel().getByRole("table", { name: "Past months" });
    expect(await months.locator("tbody tr").count()).toBe(billed.backTest?.checks.length);
    expect(await violations(page, "table")).toEqual([]);
    await panel().getByRole("radio", { name: "Chart" }).click();
  });

  it("tells when the budget of the month is used up", async () => {
    const { billed } = await forecast();
    const limit = String(Math.ceil(Number(billed.projected?.highUsd)) + 1);
    await product.call(budgets.create, {
      workspace,
      name: "Team month",
      scope: "workspace",
      limit,
      action: "notify",
    });
    await panel().getByText(`Team month: $${limit}.00`).waitFor();
    const fate = panel().getByText("Team month lasts the month, also at the upper end.");
    await fate.waitFor();
    expect(await fate.isVisible()).toBe(true);
  });

  it("says of an agent with too few tasks how many an estimate takes", async () => {
    agent = await product.createAgent("Tutor", "tutorial");
    await page.goto(await work(1));
    const few = page.getByText("no estimate yet: 1 of 8 tasks finished");
    await few.waitFor();
    expect(await few.isVisible()).toBe(true);
  });

  it("estimates a task before it starts once eight have finished", async () => {
    await Promise.all([2, 3, 4, 5, 6, 7, 8].map(work));
    await page.getByText(usually).waitFor();
    expect(await page.getByText("not checked yet").count()).toBe(1);
  });

  it("keeps a record of its estimates, and shows them where work is given to the agent", async () => {
    await page.goto(await work(9));
    await page.getByText("1 of 1 inside").waitFor();
    expect(await violations(page, "issue")).toEqual([]);
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Assignee" }).click();
    await page.getByRole("option", { name: "Tutor" }).click();
    await dialog.getByText(usually).waitFor();
    expect(errors).toEqual([]);
  });

  it("fits a phone, in Chinese and in the dark", async () => {
    const phone = await browser.open({ width: 390, language: "zh-CN", dark: true });
    await signIn(product, phone.page);
    await phone.page.goto(`${product.url}/${workspace}/usage`);
    const region = panel(phone.page, "本月");
    await region.getByRole("img").waitFor();
    await region.getByText("Team month 够用到月底，即使按范围上限计算。").waitFor();
    const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    expect(await violations(phone.page, "phone")).toEqual([]);
    expect(phone.errors).toEqual([]);
  });
});

function callAt(atMs: number): ImportRecord {
  return {
    key: `call ${atMs}`,
    sessionId: `session ${atMs}`,
    usedAt: new Date(atMs).toISOString(),
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    role: "main",
    cumulative: false,
    revision: 0,
    input: 100_000,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: 180_000,
    reasoning: 0,
    reportedCostUsd: null,
    reportedCostBasis: null,
    billing: "api",
  };
}
