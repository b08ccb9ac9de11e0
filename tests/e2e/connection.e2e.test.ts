/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { patientMs } from "@headcount/testkit/patience";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";

describe("the connection of a page", () => {
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

  const word = (page: Page, text: string | RegExp) =>
    page.getByRole("navigation").getByRole("status").filter({ hasText: text });

  async function openIssue(page: Page, title: string): Promise<string> {
    const { issue } = await product.call(issues.create, { workspace, title });
    await signIn(product, page);
    await page.goto(`${product.url}/${workspace}/issues/${issue.key}`);
    await word(page, "Live").waitFor();
    await page.evaluate(() => Object.assign(globalThis, { neverReloaded: true }));
    return issue.id;
  }

  const neverReloaded = (page: Page): Promise<boolean> =>
    page.evaluate(() => "neverReloaded" in globalThis);

  /** The server comes back whatever happens, for the tests after this one. */
  async function duringOutage(work: () => Promise<void>): Promise<void> {
    await product.stopServer();
    try {
      await work();
    } finally {
      await product.startServer();
    }
  }

  /** What the form around a field says went wrong. */
  const alertOf = (field: Locator) => field.locator("..").getByRole("alert");

  it("INV-127 without a server the page says so, keeps what is typed, and catches up by itself", async () => {
    const { page } = await browser.open();
    const issue = await openIssue(page, "Through an outage");
    const composer = page.getByRole("textbox", { name: "Comment" });
    await duringOutage(async () => {
      await page.getByText(/Headcount cannot be reached/).waitFor({ timeout: patientMs(60_000) });
      await word(page, "Offline").waitFor();
      await composer.fill("Typed while nothing worked");
      await composer.press("Control+Enter");
      await alertOf(composer).filter({ hasText: "Nothing is lost" }).waitFor();
      expect(await composer.inputValue()).toBe("Typed while nothing worked");
    });

    await product.call(comments.add, { workspace, issue, body: "Said while you were away" });
    await word(page, "Live").waitFor({ timeout: patientMs(60_000) });
    await page.getByText("Said while you were away").waitFor();
    await page.getByText(/Headcount cannot be reached/).waitFor({ state: "detached" });
    await composer.press("Control+Enter");
    await page.getByRole("article").getByText("Typed while nothing worked").waitFor();
    expect(await neverReloaded(page)).toBe(true);
  });

  it("what was being read when the server went away waits quietly, and arrives by itself", async () => {
    const { page } = await browser.open();
    const away = Promise.withResolvers<void>();
    await page.route(/\/issues\/[^/]+\/(?:usage|tasks|pull-requests)/, async (route) => {
      await away.promise;
      await route.continue();
    });
    await openIssue(page, "Half of it read");
    const waits = page.getByRole("status").filter({ hasText: "as soon as the server answers" });
    await duringOutage(async () => {
      away.resolve();
      await page.getByText(/Headcount cannot be reached/).waitFor({ timeout: patientMs(60_000) });
      await expect.poll(() => waits.count(), { timeout: patientMs(60_000) }).toBeGreaterThan(1);
      expect(await page.getByRole("alert").count()).toBe(0);
    });

    await word(page, "Live").waitFor({ timeout: patientMs(60_000) });
    await expect.poll(() => waits.count(), { timeout: patientMs(60_000) }).toBe(0);
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("INV-127 where sockets are refused changes arrive by polling, and live again afterwards", async () => {
    const { page } = await browser.open();
    let refused = false;
    let closeSocket = async (): Promise<void> => {};
    await page.routeWebSocket(/\/api\//, (socket) => {
      if (refused) return void socket.close();
      socket.connectToServer();
      closeSocket = () => socket.close();
    });
    const issue = await openIssue(page, "Behind a strict proxy");
    refused = true;
    await closeSocket();
    await word(page, "Degraded").waitFor({ timeout: patientMs(60_000) });
    await product.call(comments.add, { workspace, issue, body: "Arrives by polling" });
    await page.getByText("Arrives by polling").waitFor({ timeout: patientMs(60_000) });
    refused = false;
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await word(page, "Live").waitFor({ timeout: patientMs(60_000) });
    await product.call(comments.add, { workspace, issue, body: "Arrives live again" });
    await page.getByText("Arrives live again").waitFor();
    expect(await neverReloaded(page)).toBe(true);
  });
});
