/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";
import { violations } from "./support/violations.ts";

describe("accessibility", () => {
  let product: Product;
  let browser: TestBrowser;
  let issueKey: string;
  beforeAll(async () => {
    product = await startProduct({
      web: true,
      daemonEnvironment: { HEADCOUNT_TUTORIAL_PACE_MS: "0" },
    });
    browser = await startBrowser();
    const agent = await product.createAgent("Tutor", "tutorial");
    const { issue, taskId } = await product.assign("Greet the team", agent, {
      description: "## Why\n\nBecause a `greeting` is kind.\n\n- [ ] write it\n- [x] think of it",
    });
    issueKey = issue.key;
    await product.taskEnded(taskId);
    for (const status of ["backlog", "in_progress", "blocked", "done"] as const) {
      await product.call(issues.create, { workspace, title: `One that is ${status}`, status });
    }
    await product.call(comments.add, { workspace, issue: issue.id, body: "Thank **you**." });
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
  });

  const pages = (): readonly (readonly [path: string, ready: (page: Page) => Promise<void>])[] => [
    ["issues", (page) => page.getByRole("link", { name: /Greet the team/ }).waitFor()],
    ["issues?layout=list", (page) => page.getByRole("link", { name: /Greet the team/ }).waitFor()],
    [`issues/${issueKey}`, (page) => page.getByText("Thank you.").waitFor()],
    ["agents", (page) => page.getByRole("link", { name: /Tutor/ }).first().waitFor()],
    ["runtimes", (page) => page.getByText("test-machine").first().waitFor()],
    [
      "usage",
      (page) =>
        page
          .getByText(/\$0\.0/)
          .first()
          .waitFor(),
    ],
    ["members", (page) => page.getByText("ada@example.test").first().waitFor()],
    ["settings", (page) => page.getByRole("textbox").first().waitFor()],
  ];

  it.each([
    ["light", false],
    ["dark", true],
  ])("INV-126 no page breaks an AA rule in the %s theme", async (_name, dark) => {
    const { page } = await browser.open({ dark });
    await page.goto(`${product.url}/login`);
    await page.getByText("headcount open").first().waitFor();
    const found = await violations(page, "login");
    await signIn(product, page);
    for (const [path, ready] of pages()) {
      await page.goto(`${product.url}/${workspace}/${path}`);
      await ready(page);
      found.push(...(await violations(page, path)));
    }
    expect(found).toEqual([]);
  });

  it("finds faults that are planted on purpose", async () => {
    const { page } = await browser.open();
    await page.goto(`${product.url}/login`);
    await page.getByText("headcount open").first().waitFor();
    await page.evaluate(() => {
      const pale = document.createElement("p");
      pale.textContent = "Hardly readable";
      pale.style.color = "oklch(90% 0 0)";
      document.querySelector("main, #root > *")?.append(pale, document.createElement("button"));
    });
    const found = (await violations(page, "login")).join(" ");
    expect(found).toContain("color-contrast");
    expect(found).toContain("button-name");
  });

  it("INV-126 open menus and dialogs break none either", async () => {
    const { page } = await browser.open();
    await signIn(product, page);
    await page.goto(`${product.url}/${workspace}/issues`);
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menu").waitFor();
    const found = await violations(page, "filter menu");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await page.keyboard.press("c");
    const form = page.getByRole("dialog", { name: "New issue" });
    await form.waitFor();
    found.push(...(await violations(page, "new issue")));
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Command palette" }).waitFor();
    found.push(...(await violations(page, "palette")));
    expect(found).toEqual([]);
  });

  it("INV-126 an issue is opened, answered and left by keyboard alone", async () => {
    const { page } = await browser.open();
    await signIn(product, page);
    await page.goto(`${product.url}/${workspace}/issues`);
    const card = page.getByRole("link", { name: /Greet the team/ });
    await card.waitFor();
    await tabTo(page, (focused) => focused.includes("Greet the team"));
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/issues/${issueKey}`));
    await page.getByText("Thank you.").waitFor();
    await tabTo(page, (focused) => focused.includes("Write a comment"));
    await page.keyboard.type("Written without a mouse");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("article").getByText("Written without a mouse").waitFor();
    await page.goBack();
    await card.waitFor();
    expect(new URL(page.url()).pathname).toBe(`/${workspace}/issues`);
  });
});

const mostTabs = 80;

/** Presses Tab until what has the focus is what is looked for. */
async function tabTo(page: Page, isIt: (focused: string) => boolean): Promise<void> {
  for (let step = 0; step < mostTabs; step += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return `${element?.textContent ?? ""} ${element?.getAttribute("placeholder") ?? ""}`;
    });
    if (isIt(focused)) return;
  }
  throw new Error("Tab never got there");
}
