/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import type { Issue, IssueStatus } from "@headcount/contract/issues/schemas";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";

describe("the board", () => {
  let product: Product;
  let browser: TestBrowser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    product = await startProduct({ web: true });
    browser = await startBrowser();
    ({ page, errors } = await browser.open());
    await signIn(product, page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
  });

  const column = (name: string): Locator =>
    page.getByRole("region", { name: new RegExp(`^${name},`) });
  const cardIn = (name: string, title: string): Locator =>
    column(name).getByRole("link", { name: title });

  async function create(title: string, status: IssueStatus = "todo"): Promise<Issue> {
    return (await product.call(issues.create, { workspace, title, status })).issue;
  }

  async function openBoard(search = ""): Promise<void> {
    await page.goto(`${product.url}/${workspace}/issues${search}`);
    await column("To do").waitFor();
  }

  async function serverSays(issue: Issue, status: IssueStatus): Promise<void> {
    await waitFor(
      async () =>
        (await product.call(issues.get, { workspace, issue: issue.id })).status === status,
      { describe: `${issue.key} in ${status}` },
    );
  }

  /** Takes a card by the mouse as far as above another column. */
  async function dragOver(card: Locator, target: Locator): Promise<void> {
    const from = await boxOf(card);
    const to = await boxOf(target);
    await page.mouse.move(from.x + 30, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 45, from.y + 30, { steps: 4 });
    await page.mouse.move(to.x + to.width / 2, to.y + 90, { steps: 8 });
  }

  it("moves the focused card with the keyboard, focus included", async () => {
    const issue = await create("Moved by keys");
    await openBoard();
    await cardIn("To do", issue.title).focus();
    await page.keyboard.press("Shift+ArrowRight");
    await cardIn("In progress", issue.title).waitFor();
    await serverSays(issue, "in_progress");
    expect(await cardIn("To do", issue.title).count()).toBe(0);
    await waitFor(
      () => page.evaluate(() => document.activeElement?.textContent?.includes("Moved by keys")),
      { describe: "the focus on the moved card" },
    );
  });

  it("moves a card with the mouse", async () => {
    const issue = await create("Moved by mouse");
    await openBoard();
    await draggable(page);
    await dragOver(cardIn("To do", issue.title), column("In review"));
    await page.mouse.up();
    await cardIn("In review", issue.title).waitFor();
    await serverSays(issue, "in_review");
    expect(await cardIn("To do", issue.title).count()).toBe(0);
  });

  it("Escape takes a drag back and the board goes on living", async () => {
    const issue = await create("Almost moved");
    await openBoard();
    await draggable(page);
    await dragOver(cardIn("To do", issue.title), column("In review"));
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await cardIn("To do", issue.title).waitFor();
    await create("Written after Escape");
    await cardIn("To do", "Written after Escape").waitFor();
    expect((await product.call(issues.get, { workspace, issue: issue.id })).status).toBe("todo");
  });

  it("holds still while a card is dragged, then shows what others moved meanwhile", async () => {
    const dragged = await create("In my hand");
    const foreign = await create("Moved by somebody else");
    const watcher = await browser.open();
    await signIn(product, watcher.page);
    await watcher.page.goto(`${product.url}/${workspace}/issues`);
    await openBoard();
    await draggable(page);
    await dragOver(cardIn("To do", dragged.title), column("In review"));
    await product.call(issues.move, { workspace, issue: foreign.id, status: "blocked" });
    await watcher.page
      .getByRole("region", { name: /^Blocked,/ })
      .getByRole("link", { name: foreign.title })
      .waitFor();
    expect(await cardIn("To do", foreign.title).count()).toBe(1);
    await page.mouse.up();
    await cardIn("In review", dragged.title).waitFor();
    await cardIn("Blocked", foreign.title).waitFor();
    await watcher.context.close();
  });

  it("keeps its filter in the address through a reload", async () => {
    await product.call(issues.create, { workspace, title: "Burning", priority: "urgent" });
    await create("Not burning");
    await openBoard();
    await cardIn("To do", "Not burning").waitFor();
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menuitem", { name: "Priority" }).press("Enter");
    await page.getByRole("menuitemcheckbox", { name: "Urgent" }).click();
    await cardIn("To do", "Not burning").waitFor({ state: "detached" });
    await page.reload();
    await page.getByText("Priority: Urgent").waitFor();
    await cardIn("To do", "Burning").first().waitFor();
    expect(await page.getByRole("link", { name: "Not burning" }).count()).toBe(0);
  });

  it("keeps the draft of a new issue, and names the one that has the title already", async () => {
    const twin = await create("Said twice");
    await openBoard();
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: "New issue" });
    const title = dialog.getByRole("textbox", { name: "Title" });
    await title.fill("Said twice");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("c");
    expect(await title.inputValue()).toBe("Said twice");
    await dialog.getByRole("button", { name: "Create issue" }).click();
    const link = dialog.getByRole("link", { name: twin.key });
    await link.waitFor();
    expect(await link.getAttribute("href")).toBe(`/${workspace}/issues/${twin.key}`);
    await link.click();
    await page.waitForURL(new RegExp(`/issues/${twin.key}$`));
  });

  it("says nothing in the console", () => {
    expect(errors.filter((error) => !error.includes("409"))).toEqual([]);
  });
});

type Box = { readonly x: number; readonly y: number; readonly width: number };

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (!box) throw new Error("Nothing on screen to drag");
  return box;
}

/** Cards can be dragged once the library for it has arrived, a moment after the board. */
async function draggable(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("/adapter-")),
  );
}
