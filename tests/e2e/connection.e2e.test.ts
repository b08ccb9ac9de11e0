/// <reference lib="dom" />
import type { Page } from "playwright-core";
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

  it("INV-127 without a server the page says so, keeps what is typed, and catches up by itself", async () => {
    const { page } = await browser.open();
    const issue = await openIssue(page, "Through an outage");
    await product.stopServer();
    await page.getByText(/Headcount cannot be reached/).waitFor({ timeout: patientMs(60_000) });
    await word(page, "Offline").waitFor();
    const composer = page.getByRole("textbox", { name: "Comment" });
    await composer.fill("Typed while nothing worked");
    await composer.press("Control+Enter");
    await page.getByRole("alert").filter({ hasText: "Nothing is lost" }).waitFor();
    expect(await composer.inputValue()).toBe("Typed while nothing worked");

    await product.startServer();
    await product.call(comments.add, { workspace, issue, body: "Said while you were away" });
    await word(page, "Live").waitFor({ timeout: patientMs(60_000) });
    await page.getByText("Said while you were away").waitFor();
    await page.getByText(/Headcount cannot be reached/).waitFor({ state: "detached" });
    await composer.press("Control+Enter");
    await page.getByRole("article").getByText("Typed while nothing worked").waitFor();
    expect(await neverReloaded(page)).toBe(true);
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
