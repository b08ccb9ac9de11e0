/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";
import { deliver, type ToldPullRequest } from "./support/github-hook.ts";
import { startUsageWorld, type UsageWorld } from "./support/usage-world.ts";
import { violations } from "./support/violations.ts";

describe("pull requests in the web", () => {
  let world: UsageWorld;
  let browser: TestBrowser;
  let page: Page;
  let errors: string[];
  /** An agent has worked on it. */
  let worked: Issue;
  let address: string;
  let secret: string;
  beforeAll(async () => {
    world = await startUsageWorld();
    const { items } = await world.product.call(issues.list, { workspace });
    worked = items[0] as Issue;
    browser = await startBrowser();
    ({ page, errors } = await browser.open());
    await signIn(world.product, page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await world.product[Symbol.asyncDispose]();
  });

  const open = (path: string, on = page) =>
    on.goto(`${world.product.url}/${workspace}/${path}`, { waitUntil: "load" });
  const panel = (on = page): Locator => on.getByRole("region", { name: "Pull requests" });
  const hosts = (on = page): Locator => on.getByRole("region", { name: "Git hosts" });
  const dialog = (name: string): Locator => page.getByRole("dialog", { name });
  const isLive = (on = page) =>
    on.getByRole("navigation").getByRole("status").filter({ hasText: "Live" }).waitFor();
  const tell = (told: ToldPullRequest): Promise<number> => deliver(address, secret, told);
  const greeting = (fields: Partial<ToldPullRequest> = {}): ToldPullRequest => ({
    number: 12,
    title: "Greet everybody by name",
    branch: `tutor/${worked.key.toLowerCase()}-greet`,
    ...fields,
  });

  it("shows nothing of pull requests at an issue while nobody tells of any", async () => {
    await open(`issues/${worked.key}`);
    await page.getByRole("region", { name: "Usage" }).waitFor();
    await page.waitForLoadState("networkidle");
    expect(await panel().count()).toBe(0);
  });

  it("says how to learn what a merged pull request took, where nobody tells of any", async () => {
    await open("usage");
    await page.getByText("Nobody tells Headcount of pull requests yet", { exact: false }).waitFor();
    await page.getByRole("link", { name: "Connect GitHub" }).click();
    await page.waitForURL(/\/settings#gitHosts$/);
    await hosts().getByText("No git host yet", { exact: false }).waitFor();
    expect(await violations(page, "no git host")).toEqual([]);
  });

  it("connects GitHub: the address, the secret once, and the first delivery as it arrives", async () => {
    await hosts().getByRole("button", { name: "Connect GitHub" }).click();
    await dialog("Connect GitHub").getByRole("button", { name: "Make address and secret" }).click();
    await dialog("Connect GitHub").getByText("Enter a name.").waitFor();
    await dialog("Connect GitHub").getByLabel("Name").fill("northwind/ledger");
    await page.keyboard.press("Enter");
    const steps = dialog("Enter this at GitHub now");
    await steps.waitFor();
    [address = "", , secret = ""] = await steps.locator("dd code").allInnerTexts();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/hooks\/github\//);
    expect(secret).toMatch(/^hcg_/);
    await steps.getByText("GitHub cannot reach this address", { exact: false }).waitFor();
    expect(await violations(page, "what to enter at GitHub")).toEqual([]);
    await steps.getByText("Waiting for the first delivery").waitFor();
    expect(await deliver(address, secret, "ping")).toBe(200);
    await steps.getByText("The first delivery has arrived.", { exact: false }).waitFor();
    await steps.getByRole("button", { name: "Done" }).click();
    await steps.waitFor({ state: "detached" });
    await hosts().getByText("last delivery").waitFor();
    expect(await page.getByText(secret).count()).toBe(0);
    expect(await violations(page, "git hosts")).toEqual([]);
  });

  it("shows a pull request at its open issue as it is told of, and how it goes on", async () => {
    await open(`issues/${worked.key}`);
    await isLive();
    await page.getByRole("region", { name: "Usage" }).waitFor();
    // A host that is connected has told of nothing yet, and only admins know that it is.
    expect(await panel().count()).toBe(0);
    await page.evaluate(() => Object.assign(globalThis, { neverReloaded: true }));
    expect(await tell(greeting({ state: "draft" }))).toBe(200);
    await panel().getByText("Draft", { exact: true }).waitFor();
    expect(await tell(greeting({ step: 1 }))).toBe(200);
    await panel().getByText("Open", { exact: true }).waitFor();
    const link = panel().getByRole("link", { name: "Greet everybody by name" });
    expect(await link.getAttribute("href")).toBe("https://github.com/northwind/ledger/pull/12");
    expect(await link.getAttribute("rel")).toContain("noopener");
    await panel().getByText("github.com").waitFor();
    await panel().getByText("#12").waitFor();
    expect(await violations(page, "an open pull request")).toEqual([]);
    expect(await tell(greeting({ state: "merged", step: 2 }))).toBe(200);
    await panel().getByText("Merged", { exact: true }).waitFor();
    // What arrives late is older than what is known.
    expect(await tell(greeting({ state: "open", step: 1 }))).toBe(200);
    const mentions = greeting({ number: 13, title: "Another", branch: "docs", step: 3 });
    expect(await tell({ ...mentions, body: `As talked about in ${worked.key}.` })).toBe(200);
    const quiet = panel().getByRole("list", { name: "Mentioned in" });
    await quiet.getByRole("link", { name: "Another" }).waitFor();
    expect(await panel().getByText("Merged", { exact: true }).count()).toBe(1);
    expect(await page.evaluate(() => "neverReloaded" in globalThis)).toBe(true);
    expect(await violations(page, "a merged pull request and a mention")).toEqual([]);
  });

  it("says what a merged pull request took, as the API does", async () => {
    const { total } = await world.product.call(usageQueries.outcomes, { workspace, days: 30 });
    const { count, perPullRequest } = total.pullRequestsMerged;
    expect(count).toBe(1);
    await open("usage");
    const facts = page.locator("dl").filter({ hasText: "Per merged pull request" });
    const money = facts.locator("data").first();
    await money.waitFor();
    expect(Number(await money.getAttribute("value"))).toBe(Number(perPullRequest?.costUsd));
    await page.getByRole("radio", { name: "Pull requests merged" }).click();
    const outcomes = page.getByRole("table", { name: "What it came to" });
    await outcomes.getByRole("columnheader", { name: "Per merge", exact: true }).waitFor();
    const cells = outcomes.locator("tfoot td");
    expect(await cells.nth(7).innerText()).toBe("1");
    expect(Number(await cells.nth(8).locator("data").getAttribute("value"))).toBe(
      Number(perPullRequest?.costUsd),
    );
    await page.waitForURL(/results=pull-requests/);
    expect(await violations(page, "what merged pull requests took")).toEqual([]);
  });

  it("says that another secret signs, makes a new one, and keeps what a host has told without it", async () => {
    await open("settings#gitHosts");
    await hosts().getByText("last delivery").waitFor();
    expect(await deliver(address, `${secret}x`, greeting())).toBe(401);
    await hosts().getByText("signed with another secret", { exact: false }).waitFor();
    expect(await violations(page, "a refused delivery")).toEqual([]);
    await hosts().getByRole("button", { name: "New secret for northwind/ledger" }).click();
    await dialog("Make a new secret?").getByRole("button", { name: "New secret" }).click();
    const shown = dialog("Copy the secret now");
    const next = await shown.locator("code").first().innerText();
    await shown.getByRole("button", { name: "Done" }).click();
    expect(await tell(greeting({ state: "merged", step: 4 }))).toBe(401);
    secret = next;
    expect(await tell(greeting({ state: "merged", step: 5 }))).toBe(200);
    await waitFor(
      async () => (await hosts().getByText("signed with another secret").count()) === 0,
      { describe: "a host that is heard again" },
    );
    await hosts().getByRole("button", { name: "Delete northwind/ledger" }).click();
    const asked = dialog("Delete northwind/ledger?");
    await asked.getByText("that it has told of stay", { exact: false }).waitFor();
    await asked.getByRole("button", { name: "Delete" }).click();
    await hosts().getByText("No git host yet", { exact: false }).waitFor();
    await open(`issues/${worked.key}`);
    await panel().getByText("Merged", { exact: true }).waitFor();
    // What refused deliveries are answered with is not the page's.
    expect(errors).toEqual([]);
  });

  it("fits a phone in the dark and in Chinese, and shows members what they can use", async () => {
    const phone = await browser.open({ width: 390, language: "zh-CN", dark: true });
    await signIn(world.product, phone.page);
    for (const [path, name] of [
      [`issues/${worked.key}`, "拉取请求"],
      ["settings", "代码托管平台"],
    ] as const) {
      await open(path, phone.page);
      if (path !== "settings") await phone.page.getByRole("button", { name: "显示属性" }).click();
      await phone.page.getByRole("region", { name }).waitFor();
      const overflow = await phone.page.evaluate(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
        return [scrollWidth - clientWidth, scrollHeight - clientHeight];
      });
      expect([path, ...overflow]).toEqual([path, 0, 0]);
      expect(await violations(phone.page, `${path} on a phone`)).toEqual([]);
    }
    await phone.context.close();
    const member = await browser.open();
    const mina = await world.product.invite("Mina");
    await signIn(world.product, member.page, mina.token);
    await open("settings", member.page);
    await member.page.getByRole("region", { name: "Guards" }).waitFor();
    expect(await hosts(member.page).count()).toBe(0);
    await open(`issues/${worked.key}`, member.page);
    await panel(member.page).getByText("Merged", { exact: true }).waitFor();
    const fields = { workspace, title: "Nobody works on this yet" };
    const { issue: quiet } = await world.product.call(issues.create, fields);
    for (const reader of [page, member.page]) {
      await open(`issues/${quiet.key}`, reader);
      const none = `names ${quiet.key} appears here`;
      await panel(reader).getByText(none, { exact: false }).waitFor();
    }
    expect(member.errors).toEqual([]);
    await member.context.close();
  });
});
