/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";

describe("a line that is cut", () => {
  let product: Product;
  let browser: TestBrowser;
  beforeAll(async () => {
    product = await startProduct({ web: true });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
  });

  /** A page that is told apart from its reload, on a line that can be cut. */
  async function open(path: string, prepare?: (page: Page) => Promise<void>) {
    const { page, context } = await browser.open();
    await prepare?.(page);
    await signIn(product, page);
    await page.goto(`${product.url}/${workspace}/${path}`);
    await page.evaluate(() => Object.assign(globalThis, { neverReloaded: true }));
    return {
      page,
      cut: () => context.setOffline(true),
      mend: () => context.setOffline(false),
    };
  }

  const neverReloaded = (page: Page): Promise<boolean> =>
    page.evaluate(() => "neverReloaded" in globalThis);

  it("INV-127 a page whose code is not here yet comes when the line does, without a reload", async () => {
    const { page, cut, mend } = await open("issues");
    await page.getByText("An issue is a piece of work").waitFor();
    await cut();
    await page.getByRole("link", { name: "Members" }).click();
    await page.waitForURL(/\/members$/);
    await page.getByRole("status").filter({ hasText: "Loading" }).waitFor();
    await mend();
    await page.getByRole("table", { name: "Members" }).waitFor();
    expect(await neverReloaded(page)).toBe(true);
  });

  it("INV-127 what could not be read is read again when the line is back", async () => {
    const { page, cut, mend } = await open("agents");
    await page.getByRole("button", { name: "New agent" }).first().waitFor();
    await page.getByRole("link", { name: "Members" }).hover();
    await page.waitForFunction(() =>
      performance.getEntriesByType("resource").some(({ name }) => name.includes("/members-page-")),
    );
    await cut();
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByRole("alert").filter({ hasText: "This did not load" }).first().waitFor();
    await mend();
    await page.getByRole("table", { name: "Members" }).waitFor();
    expect(await neverReloaded(page)).toBe(true);
  });

  /** Lets the server hear the first comment, and the browser never learn that; tells how many were lost. */
  async function loseFirstAnswer(page: Page): Promise<() => number> {
    let lost = 0;
    await page.route(/\/comments$/, async (route) => {
      if (route.request().method() !== "POST" || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort("connectionreset");
    });
    return () => lost;
  }

  const emptied = (composer: Locator) =>
    waitFor(async () => (await composer.inputValue()) === "", { describe: "an empty composer" });
  const composerOf = (page: Page) => page.getByRole("textbox", { name: "Comment" });
  const saidOn = async (issue: Issue) => {
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    return items.map(({ body }) => body);
  };

  it("INV-127 a comment whose answer was lost is sent again, and stands there once", async () => {
    const { issue } = await product.call(issues.create, { workspace, title: "On a train" });
    // Nothing but the answer could tell that the comment came through.
    const { page } = await open(`issues/${issue.key}`, async (deaf) => {
      await deaf.routeWebSocket(/\/api\//, (socket) => void socket.close());
      await deaf.route(/\/changes\?/, (route) => route.abort());
    });
    const composer = composerOf(page);
    await composer.fill("Said once");
    const lost = await loseFirstAnswer(page);
    await composer.press("Control+Enter");
    await page.getByRole("alert").filter({ hasText: "Nothing is lost" }).waitFor();
    expect(await composer.inputValue()).toBe("Said once");
    await composer.press("Control+Enter");
    await emptied(composer);
    expect(await page.getByText("Nothing is lost").count()).toBe(0);
    expect(await saidOn(issue)).toEqual(["Said once"]);
    expect(lost()).toBe(1);
  });

  it("INV-127 a comment that came through is not called unsent, although its answer was lost", async () => {
    const { issue } = await product.call(issues.create, { workspace, title: "In a tunnel" });
    const { page } = await open(`issues/${issue.key}`);
    await page.getByRole("navigation").getByRole("status").filter({ hasText: "Live" }).waitFor();
    const lost = await loseFirstAnswer(page);
    const composer = composerOf(page);
    await composer.fill("Heard at once");
    await composer.press("Control+Enter");
    await page.getByRole("article").getByText("Heard at once").waitFor();
    await emptied(composer);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await saidOn(issue)).toEqual(["Heard at once"]);
    expect(lost()).toBe(1);
  });
});
