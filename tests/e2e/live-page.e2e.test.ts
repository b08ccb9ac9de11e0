/// <reference lib="dom" />
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent } from "@headcount/contract/agents/schemas";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";

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
