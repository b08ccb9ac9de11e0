/// <reference lib="dom" />
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projects } from "@headcount/contract/projects/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";
import { houseModel, startUsageWorld, type UsageWorld } from "./support/usage-world.ts";
import { violations } from "./support/violations.ts";

describe("the usage page", () => {
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

  const address = (search = ""): string => `${world.product.url}/${workspace}/usage${search}`;
  const parameter = (name: string): string | null => new URL(page.url()).searchParams.get(name);
  const tile = (label: string, on: Page = page): Locator =>
    on
      .getByRole("region", { name: "Figures of the period" })
      .getByRole("button", { name: new RegExp(`^${label}`) });
  const tokensOn = async (on: Page = page): Promise<string | null> =>
    tile("Tokens", on).locator("data").first().getAttribute("value");
  const trend = (title: RegExp, on: Page = page): Locator =>
    on.getByRole("region", { name: title });
  const chart = (): Locator => page.getByRole("application");
  const choose = (group: string, option: string): Promise<void> =>
    page.getByRole("radiogroup", { name: group }).getByRole("radio", { name: option }).click();

  async function open(search = ""): Promise<void> {
    await page.goto(address(search));
    await tile("Tokens").waitFor();
  }

  const focused = (role: "menuitem" | "menuitemcheckbox", name: string): Locator =>
    page.getByRole(role, { name, exact: true }).and(page.locator(":focus"));
  const parameterBecomes = (name: string, value: string): Promise<unknown> =>
    waitFor(() => Promise.resolve(parameter(name) === value), {
      describe: () => `${name} to be ${value}, not ${parameter(name)}`,
    });
  const tokensBecome = (tokens: string): Promise<unknown> =>
    waitFor(async () => (await tokensOn()) === tokens, { describe: () => `${tokens} tokens` });

  it("is narrowed by keys, keeps its filters in the address, and shows what the API says", async () => {
    await open();
    expect(await tokensOn()).toBe(await world.tokens());
    await page.getByRole("button", { name: "Filter" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    for (const name of ["Project", "Agent", "Runtime", "Member"]) {
      await focused("menuitem", name).waitFor();
      await page.keyboard.press("ArrowDown");
    }
    await focused("menuitem", "Model").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("menuitemcheckbox", { name: "gpt-5" }).waitFor();
    await page.keyboard.type("gpt");
    await focused("menuitemcheckbox", "gpt-5").waitFor();
    await page.keyboard.press("Enter");
    await parameterBecomes("model", '["gpt-5"]');
    await page.keyboard.press("Escape");
    const narrowed = await world.tokens({ model: "gpt-5" });
    await tokensBecome(narrowed);
    await page.reload();
    await tokensBecome(narrowed);
    await page.getByRole("button", { name: "Remove filter Model: gpt-5" }).click();
    await tokensBecome(await world.tokens());
    expect(parameter("model")).toBeNull();
  });

  it("drops a deleted project from its address with a notice, and is never empty for it", async () => {
    const gone = await world.product.call(projects.create, { workspace, title: "Short-lived" });
    await world.product.call(projects.delete, { workspace, projectId: gone.id });
    const wanted = JSON.stringify([gone.id, world.project.id]);
    await open(`?project=${encodeURIComponent(wanted)}`);
    await page.getByText("1 filter was left out").waitFor();
    await page.getByText("This address named a project").waitFor();
    await tokensBecome(await world.tokens({ project: world.project.id }));
    expect(parameter("project")).toBe(JSON.stringify([world.project.id]));
    await open(`?project=${encodeURIComponent(JSON.stringify([gone.id]))}`);
    await tokensBecome(await world.tokens());
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByText("1 filter was left out").waitFor({ state: "detached" });
    expect(parameter("project")).toBeNull();
  });

  it("draws each measure by anything and as finely as the period bears, all of it in the address", async () => {
    await open("?days=7");
    await trend(/^Tokens by model/).waitFor();
    await choose("Measure", "Tasks");
    await choose("Stacked by", "Outcome");
    await trend(/^Tasks by outcome/).waitFor();
    await choose("One bar is", "Hour");
    await choose("View", "Table");
    await page.getByRole("columnheader", { name: "Done", exact: true }).waitFor();
    expect([
      parameter("measure"),
      parameter("stack"),
      parameter("bucket"),
      parameter("view"),
    ]).toEqual(["tasks", "kind", "hour", "table"]);
    await page.reload();
    await page.getByRole("columnheader", { name: "Done", exact: true }).waitFor();
    await choose("View", "Chart");
    await choose("Measure", "Errors");
    await page.getByText("No task failed", { exact: true }).waitFor();
    await choose("Period", "365 days");
    await choose("Measure", "Tokens");
    await page
      .getByRole("radiogroup", { name: "One bar is" })
      .getByRole("radio", { name: "Week", checked: true })
      .waitFor();
  });

  it("is read along its buckets by keys, down to the tasks behind one, which add up to it", async () => {
    await open("?days=1&stack=agent");
    await chart().focus();
    await page.keyboard.press("End");
    const readout = chart().locator("..").getByRole("status");
    await readout.waitFor();
    // From the newest hour back to the one in which the task has run.
    await waitFor(
      async () => {
        if ((await readout.textContent())?.includes("Tutor") === true) return true;
        await page.keyboard.press("ArrowLeft");
        return undefined;
      },
      { describe: "the hour of the task" },
    );
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog");
    await panel.getByText("Greet the team").waitFor();
    expect(parameter("drill")).toContain(world.agent.id);
    const tokens = await world.tokens({ agent: world.agent.id, days: "1" });
    await panel.locator(`tfoot data[value="${tokens}"]`).waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(parameter("drill")).toBeNull();
  });

  it("switches series off in the legend, and saves exactly what is then shown", async () => {
    await open("?days=30");
    await page.getByRole("button", { name: `${houseModel} (no price)` }).click();
    await parameterBecomes("hide", `["value:${houseModel}"]`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as CSV what is shown" }).click(),
    ]);
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
    expect(lines[0]).not.toContain(houseModel);
    expect(lines).toHaveLength(31);
    const sum = lines.slice(1).reduce((total, line) => total + Number(line.split(",").at(-1)), 0);
    const [all, hidden] = [await world.tokens(), await world.tokens({ model: houseModel })];
    expect(sum).toBe(Number(all) - Number(hidden));
  });

  it("shows half a year of days that lead to each of them, by keys", async () => {
    await open();
    const today = page.getByRole("grid").locator("button[tabindex='0']");
    await today.focus();
    await page.keyboard.press("ArrowUp");
    expect(await page.locator(":focus").getAttribute("aria-label")).toContain("tokens");
    await page.keyboard.press("Enter");
    const yesterday = new Date(Date.now() - 24 * 60 * 60_000).toISOString().slice(0, 10);
    await parameterBecomes("from", yesterday);
    expect(parameter("to")).toBe(yesterday);
    expect(parameter("days")).toBeNull();
    await page.getByRole("region", { name: /^Tokens by model/ }).waitFor();
  });

  it("is shared as what it shows now, to a reader in another zone", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await open("?days=7&measure=cost");
    const shown = await tokensOn();
    await page.getByRole("button", { name: "Copy a link to exactly this" }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(new URL(link).searchParams.get("from")).toMatch(/^\d{4}-\d\d-\d\d$/);
    const other = await browser.open({ zone: "Asia/Tokyo" });
    await signIn(world.product, other.page);
    await other.page.goto(link);
    await tile("Tokens", other.page).waitFor();
    expect(await tokensOn(other.page)).toBe(shown);
    await other.page.getByText("Days as in UTC").waitFor();
    await other.context.close();
  });

  it("moves by itself when usage is booked", async () => {
    await open("?days=1");
    const before = await tokensOn();
    await world.work("Say it again");
    await waitFor(
      async () => {
        const now = await tokensOn();
        return now !== before && now === (await world.tokens({ days: "1" }));
      },
      { describe: "the tokens of the new task" },
    );
    expect(Number(await tokensOn())).toBeGreaterThan(Number(before));
  });

  const states = [
    "",
    "?measure=cost&view=table",
    "?measure=errors",
    "?drill=%7B%22of%22%3A%5B%5D%7D",
  ];
  const readers = [
    { theme: "light", language: "en-GB" },
    { theme: "dark", language: "zh-CN" },
  ];
  it.each(readers.flatMap((reader) => states.map((search) => ({ ...reader, search }))))(
    "INV-126 breaks no AA rule in the $theme theme in $language at usage$search",
    async ({ theme, language, search }) => {
      const reader = await browser.open({ language, dark: theme === "dark" });
      await signIn(world.product, reader.page);
      await reader.page.goto(address(search));
      // A panel hides the page behind it from the tree of roles.
      await reader.page.locator("table[role=grid]").waitFor({ state: "attached" });
      await reader.page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
      expect(await violations(reader.page, `usage${search}`)).toEqual([]);
      await reader.context.close();
    },
  );

  it.each(["", "?view=table"])(
    "fits a phone at usage%s: only tables and the days scroll sideways",
    async (search) => {
      const phone = await browser.open({ width: 390 });
      await signIn(world.product, phone.page);
      await phone.page.goto(address(search));
      await tile("Tokens", phone.page).waitFor();
      await phone.page.getByRole("grid").waitFor();
      await trend(/^Tokens by model/, phone.page)
        .getByRole(search === "" ? "application" : "table")
        .waitFor();
      const overflow = await phone.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      await phone.context.close();
    },
  );

  it("gives a model its price in two steps, shows what that changes, and takes it back", async () => {
    await open();
    await page.getByRole("button", { name: `Set a price for ${houseModel}` }).click();
    const dialog = page.getByRole("dialog", { name: `Price of ${houseModel}` });
    await dialog.getByRole("textbox", { name: /^Input/ }).fill("1.5");
    await dialog.getByRole("textbox", { name: /^Output/ }).fill("10");
    // Ten million of input and two thousand of output.
    await dialog.getByText("10.0\u202fM tokens so far would cost $15.02").waitFor();
    await dialog.getByRole("button", { name: "Set price" }).click();
    await dialog.getByText("Calls to price").waitFor();
    await dialog.getByText("$15.02").waitFor();
    await dialog.getByRole("button", { name: "Price what is booked" }).click();
    await dialog.getByText("10 calls have a price now: $15.02").waitFor();
    await page.getByText("tokens have no price").waitFor({ state: "detached" });
    await dialog.getByRole("button", { name: "Undo" }).click();
    await dialog.getByText("10 calls are without a price again").waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByText("tokens have no price").waitFor();
    expect(errors).toEqual([]);
  });
});
