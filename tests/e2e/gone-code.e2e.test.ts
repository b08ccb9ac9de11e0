/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";

describe("code that the server does not have", () => {
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

  /** A page whose server lacks one file of the app, until it is put back. */
  async function openWithout(file: RegExp, path: string) {
    const { page } = await browser.open();
    await signIn(product, page);
    await page.route(file, (route) => route.fulfill({ status: 404 }));
    await page.goto(`${product.url}/${workspace}/${path}`);
    await page.getByRole("navigation").getByRole("status").filter({ hasText: "Live" }).waitFor();
    await mark(page);
    let loads = 0;
    page.on("load", () => (loads += 1));
    return { page, loads: () => loads, putBack: () => page.unroute(file) };
  }

  /** Lets the server hand out another app to whoever asks for it without leaving the page. */
  const replaceApp = (page: Page): Promise<unknown> =>
    page.route(`${product.url}/`, async (route) => {
      if (route.request().resourceType() !== "fetch") return route.continue();
      const answer = await route.fetch();
      const html = await answer.text();
      await route.fulfill({ body: html.replace(/\/assets\/index-[^"]+/, "/assets/index-next.js") });
    });

  const mark = (page: Page): Promise<unknown> =>
    page.evaluate(() => Object.assign(globalThis, { neverReloaded: true }));
  const neverReloaded = (page: Page): Promise<boolean> =>
    page.evaluate(() => "neverReloaded" in globalThis);
  const members = (page: Page) => page.getByRole("table", { name: "Members" });
  const retry = (page: Page) => page.getByRole("button", { name: "Try again" });

  it("INV-127 a page that a newer version has renamed is loaded anew once, and what was typed is kept", async () => {
    const { issue } = await product.call(issues.create, { workspace, title: "Before the deploy" });
    const { page, loads, putBack } = await openWithout(
      /\/assets\/members-page-/,
      `issues/${issue.key}`,
    );
    await replaceApp(page);
    await page.getByRole("textbox", { name: "Comment" }).fill("Half a sentence");
    await page.getByRole("link", { name: "Members" }).click();
    await waitFor(() => loads() === 1, { describe: "the address, loaded anew" });
    // The file is missing from what was loaded as well: that is said instead of loading for ever.
    await page.getByRole("main").getByRole("alert").getByText("A newer version").waitFor();
    await mark(page);
    await page.getByRole("link", { name: "Runtimes" }).click();
    await page.getByRole("heading", { name: "Runtimes", level: 1 }).waitFor();
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByRole("main").getByRole("alert").getByText("A newer version").waitFor();
    await putBack();
    await retry(page).click();
    await members(page).waitFor();
    expect([loads(), await neverReloaded(page)]).toEqual([1, true]);
    await page.goto(`${product.url}/${workspace}/issues/${issue.key}`);
    const composer = page.getByRole("textbox", { name: "Comment" });
    await composer.waitFor();
    expect(await composer.inputValue()).toBe("Half a sentence");
  });

  it("INV-127 a file that is missing for a while takes no reload, and comes on trying again", async () => {
    const { page, loads, putBack } = await openWithout(/\/assets\/members-page-/, "issues");
    await page.getByRole("link", { name: "Members" }).click();
    const said = page.getByRole("main").getByRole("alert");
    await said.getByText("did not send this part of the page").waitFor();
    await retry(page).click();
    await said.getByText("did not send this part of the page").waitFor();
    await putBack();
    await retry(page).click();
    await members(page).waitFor();
    expect([loads(), await neverReloaded(page)]).toEqual([0, true]);
  });

  it("INV-127 a dialog whose code is missing leaves the page below it, and opens on trying again", async () => {
    const { issue } = await product.call(issues.create, { workspace, title: "Below a dialog" });
    const { page, loads, putBack } = await openWithout(/\/assets\/palette-/, `issues/${issue.key}`);
    const composer = page.getByRole("textbox", { name: "Comment" });
    await composer.fill("Still here");
    await page.keyboard.press("Control+k");
    await page.getByText("did not send this part of the page").waitFor();
    expect(await composer.inputValue()).toBe("Still here");
    await putBack();
    await retry(page).click();
    await page.getByRole("dialog").getByRole("combobox").waitFor();
    expect([loads(), await neverReloaded(page)]).toEqual([0, true]);
  });
});
