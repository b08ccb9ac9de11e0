/// <reference lib="dom" />
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent } from "@headcount/contract/agents/schemas";
import { budgets } from "@headcount/contract/budgets/routes";
import { usageImport } from "@headcount/contract/usage/import-routes";
import { prices } from "@headcount/contract/usage/price-routes";
import { patientMs } from "@headcount/testkit/patience";
import { waitFor } from "@headcount/testkit/wait-for";
import { formatTokens } from "@headcount/web/ui/format-tokens";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";

/** A call of a model that runs in the house. */
const callWithoutPrice = {
  key: "late",
  sessionId: "late",
  provider: "local",
  model: "house-model-70b",
  role: "main",
  cumulative: false,
  revision: 0,
  input: 1_000,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  output: 200,
  reasoning: 0,
  billing: "api",
} as const;

describe("the live page", () => {
  let product: Product;
  let browser: TestBrowser;
  let page: Page;
  let errors: string[];
  let agent: Agent;
  beforeAll(async () => {
    product = await startProduct({
      web: true,
      daemonEnvironment: { HEADCOUNT_TUTORIAL_PACE_MS: "1500" },
    });
    browser = await startBrowser();
    ({ page, errors } = await browser.open());
    await signIn(product, page);
    agent = await product.createAgent("Tutor", "tutorial");
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
  });

  const open = (search = ""): Promise<unknown> =>
    page.goto(`${product.url}/${workspace}/live${search}`);
  const valueOf = async (gauge: string): Promise<number> =>
    Number(await page.getByRole("meter", { name: gauge }).getAttribute("aria-valuenow"));

  it("says what will be here while nothing has run yet", async () => {
    await open();
    await page.getByText("Agents at work show up here").waitFor();
    expect(await page.getByRole("meter").count()).toBe(0);
  });

  it("shows an agent at work with what it uses, without being loaded again", async () => {
    await open();
    const { issue, taskId } = await product.assign("Greet the team", agent);
    const work = page.getByRole("region", { name: "At work" });
    await work.getByRole("link", { name: /Greet the team/ }).waitFor();
    await page.getByText(`Tutor started on ${issue.key}`).waitFor();
    expect(await valueOf("Runs at work")).toBe(1);
    await product.taskEnded(taskId);
    await waitFor(async () => (await valueOf("Tokens")) > 0, { describe: "tokens in the gauge" });
    await page.getByText("No agent is running.").waitFor();
    await page.getByText(`Tutor finished on ${issue.key}`).waitFor();
    expect(await valueOf("Runs at work")).toBe(0);
  });

  it("keeps what is shown in the address", async () => {
    await open();
    await page.getByRole("radio", { name: "Last 15 minutes" }).check();
    await page.getByRole("radio", { name: "Lines" }).check();
    await page.getByRole("radio", { name: "Table" }).check();
    await page.waitForURL(/span=15m.*panel=lines.*view=table/);
    await page.reload();
    await page.getByRole("table").first().waitFor();
    expect(await page.getByRole("radio", { name: "Last 15 minutes" }).isChecked()).toBe(true);
  });

  it("leads from a bucket to the tasks behind it, and back", async () => {
    await open("?span=15m");
    const chart = page.getByRole("figure", { name: "Usage and work over time" });
    const picture = chart.getByRole("application", { name: /^Tokens/ });
    await picture.waitFor();
    await picture.focus();
    await waitFor(
      async () => {
        await page.keyboard.press("ArrowLeft");
        await page.keyboard.press("Enter");
        return (await page.getByRole("dialog").count()) > 0;
      },
      { describe: "the tasks behind a bucket" },
    );
    await page.waitForURL(/drill=/);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.get("drill")).toBeNull();
  });

  it("draws five rolling hours against their limit, ending with what the budget has counted", async () => {
    const { id } = await product.call(budgets.create, {
      workspace,
      name: "Five hours",
      scope: "workspace",
      unit: "tokens",
      limit: "1000000",
      window: { kind: "rolling_5h" },
      action: "notify",
    });
    const { status } = await product.call(budgets.get, { workspace, budgetId: id });
    expect(Number(status.spent)).toBeGreaterThan(0);
    await open("?span=15m&panel=budget&view=table");
    const table = page.getByRole("table", { name: "Budget: Five hours" });
    const latest = table.getByRole("row").nth(1).getByRole("cell").last();
    const counted = formatTokens(status.spent);
    await waitFor(async () => (await latest.textContent()) === counted, {
      describe: "the last bucket to say what the budget says",
    });
    await page.getByRole("radio", { name: "Chart" }).check();
    await page.getByText(/^There is no reset: each point is the sum/).waitFor();
  });

  it("shows in a chart that is left open what was priced long after it was used", async () => {
    const usedAt = new Date(Math.floor(Date.now() / 10_000) * 10_000 - 5 * 60_000).toISOString();
    const record = { ...callWithoutPrice, usedAt };
    await open("?span=15m&view=table");
    const bucket = page
      .getByRole("table", { name: "Cost" })
      .getByRole("row")
      .filter({ hasText: `, ${usedAt.slice(11, 19)}` });
    const billed = async (): Promise<string | null> =>
      bucket.getByRole("cell").nth(1).textContent();
    await waitFor(async () => (await billed()) === "$0", { describe: "a bucket without usage" });
    await product.call(usageImport.import, { workspace, cli: "claude", records: [record] });
    await waitFor(async () => (await billed()) === "no data", {
      describe: "a bucket of tokens without a price",
    });
    const { provider, model } = record;
    const startsAt = new Date(Date.parse(usedAt) - 60_000).toISOString();
    const rates = { input: "0", output: "0" };
    await product.call(prices.setOverride, { workspace, provider, model, rates, startsAt });
    await product.call(prices.reprice, { workspace });
    // No sum of the range has changed: only that it was priced anew says that it looks different.
    await expect.poll(billed, { timeout: patientMs(30_000) }).toBe("$0");
  });

  it("fills the screen on a wall, and Escape leads back", async () => {
    await open();
    await page.getByRole("button", { name: "Wall mode" }).click();
    await page.waitForURL(/wall=true/);
    const ground = await page
      .locator(".wall")
      .evaluate((element) => getComputedStyle(element).colorScheme);
    expect(ground).toBe("dark");
    await page.getByRole("button", { name: "Leave wall mode" }).click();
    await page.getByRole("navigation").first().waitFor();
    expect(page.url()).not.toContain("wall");
  });

  it.each([
    ["light", false],
    ["dark", true],
  ])("INV-126 breaks no AA rule in the %s theme", async (_name, dark) => {
    const { page: other, context } = await browser.open({ dark });
    await signIn(product, other);
    await other.goto(`${product.url}/${workspace}/live?span=15m`);
    await other.getByRole("application", { name: /^Tokens/ }).waitFor();
    const { violations } = await new AxeBuilder({ page: other })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    await context.close();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });

  it("says until when its figures are while the server is away, and goes on when it is back", async () => {
    await open();
    await page.getByRole("meter", { name: "Tokens" }).waitFor();
    const seen = errors.length;
    await product.stopServer();
    const stale = page.getByRole("status").filter({ hasText: /^as of / });
    await stale.waitFor();
    expect(await page.getByRole("meter", { name: "Tokens" }).count()).toBe(1);
    await product.startServer();
    await stale.waitFor({ state: "detached" });
    // What failed meanwhile is the browser's own account of the outage.
    errors.splice(seen);
  });

  it("has written nothing to the console that it should not", () => {
    expect(errors).toEqual([]);
  });
});
