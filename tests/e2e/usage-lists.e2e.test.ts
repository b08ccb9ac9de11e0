/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";
import { startUsageWorld, type UsageWorld } from "./support/usage-world.ts";
import { violations } from "./support/violations.ts";

describe("usage lists", () => {
  let world: UsageWorld;
  let browser: TestBrowser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    world = await startUsageWorld();
    const { product } = world;
    const { items } = await product.call(issues.list, { workspace });
    await product.call(issues.update, { workspace, issue: items[0]?.key ?? "", status: "done" });
    browser = await startBrowser();
    ({ page, errors } = await browser.open());
    await signIn(product, page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await world.product[Symbol.asyncDispose]();
  });

  const table = (name: string, on: Page = page): Locator => on.getByRole("table", { name });
  /** The exact figures of a column of money or tokens, as they stand in its cells. */
  const exact = (rows: Locator): Promise<bigint[]> =>
    rows
      .locator("data")
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute("value")))
      .then((values) => values.map((value) => picoOf(value ?? "")));
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, one) => all + one, 0n);

  async function open(search = ""): Promise<void> {
    await page.goto(`${world.product.url}/${workspace}/usage${search}`);
    await table("Who used it").waitFor();
  }

  it("INV-77 the rows that are shown add up to the total below them, whatever they are listed by", async () => {
    await open();
    const board = table("Who used it");
    for (const grouping of ["Agents", "Projects", "People", "Runtimes"]) {
      await page.getByRole("radio", { name: grouping, exact: true }).click();
      await board.getByRole("columnheader", { name: grouping }).waitFor();
      for (const column of [2, 3]) {
        const cells = board.locator(`tbody td:nth-child(${column})`);
        const total = board.locator(`tfoot td:nth-child(${column})`);
        expect([await exact(total)].flat()).toEqual([sum(await exact(cells))]);
      }
    }
  });

  it("sorts by a column, and back", async () => {
    await open();
    const board = table("Who used it");
    const names = () => board.locator("tbody tr td:first-child").allInnerTexts();
    const before = await names();
    await board.getByRole("button", { name: "Tokens" }).click();
    await board.locator('th[aria-sort="descending"]', { hasText: "Tokens" }).waitFor();
    await board.getByRole("button", { name: "Tokens" }).click();
    await board.locator('th[aria-sort="ascending"]', { hasText: "Tokens" }).waitFor();
    expect((await names()).toSorted()).toEqual(before.toSorted());
  });

  it("opens the tasks behind a row by keys, which add up to it, and closes them again", async () => {
    await open("?measure=cost");
    const row = table("Who used it").getByRole("row", { name: /Tutor/ });
    const [cost] = await exact(row);
    await row.getByRole("button").focus();
    await page.keyboard.press("Enter");
    const behind = page.getByRole("dialog", { name: "Tutor" });
    const tasks = table("Tasks behind it");
    await tasks.waitFor();
    expect(sum(await exact(tasks.locator("tbody td:nth-child(2)")))).toBe(cost);
    expect(await exact(tasks.locator("tfoot td:nth-child(2)"))).toEqual([cost]);
    expect(new URL(page.url()).searchParams.get("drill")).toContain(world.agent.id);
    expect(await violations(page, "tasks behind")).toEqual([]);
    const csv = await behind.getByRole("link", { name: "Download as CSV" }).getAttribute("href");
    const text = await page.evaluate(async (url) => (await fetch(url)).text(), csv ?? "");
    expect(text.split("\r\n")[0]).toContain("task_id,issue,title,agent");
    expect(text).toContain("Greet the team");
    await page.keyboard.press("Escape");
    await behind.waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.get("drill")).toBeNull();
  });

  it("leads from a task to what it did, and shows each of its model calls", async () => {
    await open();
    await table("Models")
      .getByRole("button", { name: /tutorial/ })
      .click();
    await table("Tasks behind it")
      .getByRole("link", { name: /Greet the team/ })
      .click();
    await page.getByRole("button", { name: "Model calls" }).click();
    const calls = table("Model calls");
    await calls.waitFor();
    expect(await calls.locator("tbody tr").count()).toBeGreaterThan(0);
    expect(await violations(page, "model calls")).toEqual([]);
  });

  it("says what usage came to: an issue done, its cost, and nothing lost between the outcomes", async () => {
    await open();
    const outcomes = table("What it came to");
    await outcomes.waitFor();
    const row = outcomes.locator("tfoot tr");
    const [done, rework, abandoned, unfinished, outside, total] = await exact(row);
    expect(sum([done, rework, abandoned, unfinished, outside].map((one) => one ?? 0n))).toBe(total);
    expect(await row.locator("td:nth-child(8)").innerText()).toBe("1");
  });

  it("has room on a phone, in Chinese and in the dark, and breaks no rule", async () => {
    const phone = await browser.open({ width: 390, language: "zh-CN", dark: true });
    await signIn(world.product, phone.page);
    await phone.page.goto(`${world.product.url}/${workspace}/usage`);
    await table("谁在使用", phone.page).waitFor();
    const overflow = await phone.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(await violations(phone.page, "usage on a phone")).toEqual([]);
    expect([...errors, ...phone.errors]).toEqual([]);
  });
});

/** A decimal string as a whole number of its smallest unit. */
function picoOf(value: string): bigint {
  const [whole = "0", fraction = ""] = value.split(".");
  return BigInt(whole) * 1_000_000_000_000n + BigInt(fraction.padEnd(12, "0"));
}
