/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auth } from "@headcount/contract/users/routes";
import { issues } from "@headcount/contract/issues/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { startBrowser, type TestBrowser } from "./support/browser.ts";

describe("without a mouse", () => {
  let product: Product;
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    product = await startProduct({
      web: true,
      daemonEnvironment: { HEADCOUNT_TUTORIAL_PACE_MS: "0" },
    });
    await product.createAgent("Tutor", "tutorial");
    browser = await startBrowser();
    ({ page } = await browser.open());
    const { url } = await product.call(auth.mintSignInLink, {});
    await page.goto(url);
    await page.waitForURL((address) => !address.pathname.startsWith("/link"));
    await page.goto(`${product.url}/${workspace}/issues`);
    await page.getByText("An issue is a piece of work").waitFor();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
  });

  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  /** What has the focus, by what it is called and says; empty where nothing has it. */
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return "";
      return `${element.getAttribute("aria-label") ?? ""} ${element.textContent}`;
    });
  /** A layer that closes gives the focus back a moment after it has gone. */
  const focusIsOn = (what: RegExp): Promise<unknown> =>
    waitFor(async () => what.test(await focused()), { describe: `the focus on ${what}` });
  const layer = (name: string | RegExp) => page.getByRole("dialog", { name });

  async function tabTo(what: RegExp): Promise<void> {
    for (let step = 0; step < 90; step += 1) {
      await press("Tab");
      if (what.test(await focused())) return;
    }
    throw new Error(`Tab never got to ${what}`);
  }

  async function runFromPalette(words: string): Promise<void> {
    await press("Control+k");
    await layer("Command palette").waitFor();
    await page.keyboard.type(words);
    await page.getByRole("option", { name: words }).waitFor();
    await press("Enter");
    await layer("Command palette").waitFor({ state: "detached" });
  }

  it("INV-126 an issue is made, assigned, watched and closed, and its usage read", async () => {
    await press("c");
    await layer("New issue").waitFor();
    await page.keyboard.type("Greet the keyboard");
    await tabTo(/Assignee/);
    await press("Enter");
    await page.getByRole("option", { name: "Tutor" }).waitFor();
    await page.keyboard.type("Tutor");
    await press("Enter");
    await layer("New issue").getByText("Tutor starts").waitFor();
    await press("Control+Enter");
    await layer("New issue").waitFor({ state: "detached" });
    await focusIsOn(/./);

    await page.getByRole("link", { name: /Greet the keyboard/ }).waitFor();
    await runFromPalette("Greet the keyboard");
    await page.getByRole("textbox", { name: "Comment" }).waitFor();
    await page.getByText("Tutor finished").waitFor();
    // The run to watch is known once the log of runs, which is a read of its own, lists it.
    await page.getByRole("complementary").getByText("Done", { exact: true }).waitFor();
    await press("w");
    const transcript = layer("Transcript");
    await transcript.getByRole("log").waitFor();
    await tabTo(/Copy/);
    // Its tooltip is open; one Escape still closes the whole panel.
    await page.getByRole("tooltip").waitFor();
    await press("Escape");
    await transcript.waitFor({ state: "detached" });
    await focusIsOn(/./);

    await press("s");
    await page.getByPlaceholder("Move to…").waitFor();
    await page.keyboard.type("Done");
    await press("Enter");
    await page.getByRole("button", { name: /Status.*Done/ }).waitFor();
    const { items } = await product.call(issues.list, { workspace });
    expect(items.map(({ status }) => status)).toEqual(["done"]);

    await runFromPalette("Go to Usage");
    await page.getByRole("table", { name: "Who used it" }).waitFor();
    await focusIsOn(/./);
    await tabTo(/Tutor/);
    await press("Enter");
    await page.getByRole("table", { name: "Tasks behind it" }).waitFor();
    expect(await layer("Tutor").innerText()).toContain("Greet the keyboard");
    await press("Escape");
    await layer("Tutor").waitFor({ state: "detached" });
    await focusIsOn(/Tutor/);
  });

  it("INV-126 keys of a focused card work as the list of shortcuts says", async () => {
    await product.call(issues.create, { workspace, title: "Walk to me", status: "backlog" });
    await runFromPalette("Go to Issues");
    await page.getByRole("link", { name: /Walk to me/ }).waitFor();
    await press("j");
    await focusIsOn(/Walk to me/);
    for (const [key, list] of [
      ["s", "Move to…"],
      ["p", "Set priority…"],
      ["a", "Assign to…"],
    ] as const) {
      await press(key);
      await page.getByPlaceholder(list).waitFor();
      await press("Escape");
      await page.getByPlaceholder(list).waitFor({ state: "detached" });
      await focusIsOn(/Walk to me/);
    }
    await press("?");
    await layer("Keyboard shortcuts").waitFor();
    await press("Escape");
    await layer("Keyboard shortcuts").waitFor({ state: "detached" });
    await focusIsOn(/Walk to me/);
    expect(new URL(page.url()).pathname).toBe(`/${workspace}/issues`);
  });
});
