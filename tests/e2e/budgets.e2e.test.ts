/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { budgets } from "@headcount/contract/budgets/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";
import { hasFocus } from "./support/has-focus.ts";
import { startUsageWorld, type UsageWorld } from "./support/usage-world.ts";
import { violations } from "./support/violations.ts";

describe("budgets and the tank", () => {
  let world: UsageWorld;
  let browser: TestBrowser;
  let page: Page;
  let errors: string[];
  beforeAll(async () => {
    world = await startUsageWorld();
    browser = await startBrowser();
    ({ page, errors } = await browser.open());
    await signIn(world.product, page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await world.product[Symbol.asyncDispose]();
  });

  const open = (on: Page = page) => on.goto(`${world.product.url}/${workspace}/budgets`);
  const dialog = (name: string) => page.getByRole("dialog", { name });
  const row = (name: string) => page.getByRole("row", { name: new RegExp(name) });

  it("teaches while there is none, and says what is missing in the form", async () => {
    await open();
    await page.getByText("A budget stops work before the money is gone").waitFor();
    expect(await violations(page, "no budgets")).toEqual([]);
    await page.getByRole("main").getByRole("button", { name: "New budget" }).last().click();
    await dialog("New budget").getByRole("button", { name: "Create" }).click();
    await dialog("New budget").getByText("State an amount above zero.").waitFor();
    expect(await violations(page, "new budget")).toEqual([]);
    await page.keyboard.press("Escape");
    await dialog("New budget").waitFor({ state: "detached" });
  });

  it("shows what a budget would hold before it is set, and then that it is used up", async () => {
    await page.getByRole("button", { name: "New budget" }).first().click();
    const form = dialog("New budget");
    await form.getByLabel("Name").fill("Tiny month");
    await form.getByRole("textbox", { name: /^Limit/ }).fill("0.001");
    await form.getByText("It would be used up from the first moment.").waitFor();
    await form.getByRole("button", { name: "Create" }).click();
    await form.waitFor({ state: "detached" });
    const holds = dialog("Tiny month").getByText("Holds new tasks");
    await holds.waitFor();
    expect(await holds.isVisible()).toBe(true);
  });

  it("begins on the weekday, at the hour and in the zone that are chosen, by keyboard alone", async () => {
    await open();
    await page.getByRole("button", { name: "New budget" }).first().click();
    const form = dialog("New budget");
    const choose = async (label: string, value: string): Promise<void> => {
      const field = form.getByRole("combobox", { name: label });
      await field.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("option", { name: value, exact: true }).focus();
      await page.keyboard.press("Enter");
      await hasFocus(field);
    };
    await form.getByLabel("Name").fill("Quiet week");
    await form.getByRole("textbox", { name: /^Limit/ }).fill("1000");
    await choose("Per", "Week");
    await choose("Begins on", "Wednesday");
    await choose("Begins at", "05:00");
    await form.getByRole("button", { name: "Time zone" }).focus();
    await page.keyboard.press("Enter");
    await hasFocus(page.getByPlaceholder("Find a time zone"));
    await page.keyboard.type("tokyo");
    await page.keyboard.press("Enter");
    await hasFocus(form.getByRole("button", { name: "Time zone" }));
    expect(await violations(page, "window of a budget")).toEqual([]);
    await form.getByRole("button", { name: "Create" }).click();
    await dialog("Quiet week").waitFor();
    const { items } = await world.product.call(budgets.list, { workspace });
    expect(items.find(({ name }) => name === "Quiet week")?.window).toEqual({
      kind: "week",
      zone: "Asia/Tokyo",
      resetHour: 5,
      resetWeekday: 3,
    });
  });

  it("holds new work, says so on its issue, and lets it go with a raise", async () => {
    const { product, agent } = world;
    const { taskId, issue } = await product.assign("Wait for money", agent, {});
    await page.goto(`${product.url}/${workspace}/issues/${issue.key}`);
    await page
      .getByText(/Held by the budget Tiny month/)
      .first()
      .waitFor();
    const held = await product.call(tasks.why, { workspace, taskId });
    expect(held.reasons[0]?.code).toBe("held_by_budget");
    await open();
    await row("Tiny month").getByRole("link").click();
    await page.getByText("Wait for money").waitFor();
    expect(await violations(page, "details of a budget")).toEqual([]);
    await page.getByRole("button", { name: "Raise" }).first().click();
    const raise = dialog("Raise Tiny month");
    await raise.getByRole("textbox").first().fill("500");
    await raise.getByText("The new limit is $500.00.").waitFor();
    expect(await violations(page, "raise")).toEqual([]);
    await raise.getByRole("button", { name: "Raise" }).click();
    await raise.waitFor({ state: "detached" });
    expect(await product.taskEnded(taskId)).toMatchObject({ status: "completed" });
  });

  it("pays into the tank, whose level then stands in the sidebar", async () => {
    await open();
    await page.getByRole("button", { name: "Top up" }).click();
    const form = page.getByRole("dialog", { name: /^Top up/ });
    await form.getByLabel("US dollars").fill("100");
    await form.getByRole("button", { name: "Top up" }).click();
    await form.waitFor({ state: "detached" });
    const gauge = page.getByRole("navigation").getByRole("meter", { name: "Tank" });
    await waitFor(async () => (await gauge.getAttribute("aria-valuenow")) === "100", {
      describe: "a full tank in the sidebar",
    });
    expect(await violations(page, "a tank")).toEqual([]);
  });

  it("can be read on a phone, in the dark and in Chinese", async () => {
    const phone = await browser.open({ width: 390, language: "zh-CN", dark: true });
    await signIn(world.product, phone.page);
    await open(phone.page);
    await phone.page.getByText("Tiny month").waitFor();
    const overflow = await phone.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(await violations(phone.page, "budgets on a phone")).toEqual([]);
    expect([...errors, ...phone.errors]).toEqual([]);
    await phone.context.close();
  });
});
