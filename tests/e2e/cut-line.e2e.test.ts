/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
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
  async function open(path: string) {
    const { page, context } = await browser.open();
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

  it("INV-127 a comment whose answer was lost is sent again, and stands there once", async () => {
    const { issue } = await product.call(issues.create, { workspace, title: "On a train" });
    const { page } = await open(`issues/${issue.key}`);
    const composer = page.getByRole("textbox", { name: "Comment" });
    await composer.fill("Said once");
    let lost = 0;
    await page.route(/\/comments$/, async (route) => {
      if (route.request().method() !== "POST" || lost > 0) return route.continue();
      lost += 1;
      // The server hears it; the browser never learns that.
      await route.fetch();
      await route.abort("connectionreset");
    });
    await composer.press("Control+Enter");
    await page.getByRole("alert").filter({ hasText: "Nothing is lost" }).waitFor();
    expect(await composer.inputValue()).toBe("Said once");
    await composer.press("Control+Enter");
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLTextAreaElement>("textarea[aria-label=Comment]")?.value === "",
    );
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    expect(items.map(({ body }) => body)).toEqual(["Said once"]);
    expect(lost).toBe(1);
  });
});
