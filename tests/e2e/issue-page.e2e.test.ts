import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agent } from "@headcount/contract/agents/schemas";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";

describe("an issue's page", () => {
  let product: Product;
  let browser: TestBrowser;
  let page: Page;
  let agent: Agent;
  beforeAll(async () => {
    product = await startProduct({
      web: true,
      daemonEnvironment: { HEADCOUNT_TUTORIAL_PACE_MS: "20000" },
    });
    browser = await startBrowser();
    ({ page } = await browser.open());
    await signIn(product, page);
    agent = await product.createAgent("Tutor", "tutorial");
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
  });

  async function open(title: string, description = ""): Promise<Issue> {
    const { issue } = await product.call(issues.create, { workspace, title, description });
    await page.goto(`${product.url}/${workspace}/issues/${issue.key}`);
    await page.getByRole("textbox", { name: "Comment" }).waitFor();
    return issue;
  }

  const read = async (issue: Issue): Promise<string> =>
    (await product.call(issues.get, { workspace, issue: issue.id })).description;

  /** Writes over the description while somebody else saves another one. */
  async function collide(issue: Issue, mine: string, theirs: string): Promise<void> {
    await page.getByRole("button", { name: "Edit description" }).click();
    const field = page.getByRole("textbox", { name: "Description" });
    await field.fill(mine);
    await product.call(issues.update, { workspace, issue: issue.id, description: theirs });
    await field.press("Control+Enter");
    const dialog = page.getByRole("dialog", { name: "Someone else changed this text" });
    await dialog.getByText(mine).waitFor();
    await dialog.getByText(theirs).waitFor();
  }

  it("asks when two people wrote, and keeps mine or takes theirs", async () => {
    const issue = await open("Written by two", "The first version");
    await collide(issue, "My words", "Their words");
    await page.getByRole("button", { name: "Keep mine" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText("My words").first().waitFor();
    await waitFor(async () => (await read(issue)) === "My words", { describe: "my words stored" });

    await collide(issue, "My later words", "Their later words");
    await page.getByRole("button", { name: "Take theirs" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText("Their later words").first().waitFor();
    expect(await page.getByText("My later words").count()).toBe(0);
    expect(await read(issue)).toBe("Their later words");
  });

  it("names the agent that a comment wakes, and lets it sleep when unticked", async () => {
    const issue = await open("Who wakes");
    const composer = page.getByRole("textbox", { name: "Comment" });
    await composer.pressSequentially("@Tut");
    await page.getByRole("option", { name: /Tutor/ }).waitFor();
    await composer.press("Enter");
    await composer.pressSequentially("have a look");
    await page.getByText("Tutor starts").waitFor();
    await page.getByRole("checkbox", { name: "Wake Tutor" }).uncheck();
    await page.getByText("Tutor does not start").waitFor();
    await composer.press("Control+Enter");
    await page.getByRole("article").getByText("have a look").waitFor();
    const { items } = await product.call(issues.tasks, { workspace, issue: issue.id });
    expect(items).toEqual([]);
    // The comment may stand there before the answer to the one who wrote it.
    await waitFor(async () => (await composer.inputValue()) === "", {
      describe: "an empty composer",
    });
  });

  it("replies in a thread, resolves it, and opens it again", async () => {
    const issue = await open("A conversation");
    await product.call(comments.add, { workspace, issue: issue.id, body: "Is this done?" });
    await page.getByRole("button", { name: "Reply" }).click();
    const reply = page.getByRole("textbox", { name: "Reply" });
    await reply.fill("It is.");
    await reply.press("Control+Enter");
    await page.getByRole("article").getByText("It is.").waitFor();
    await page.getByRole("button", { name: "Resolve thread" }).click();
    const folded = page.getByRole("button", { name: /Resolved.*Is this done\?/ });
    await folded.waitFor();
    expect(await page.getByRole("article").count()).toBe(0);
    await folded.click();
    await page.getByRole("button", { name: "Re-open thread" }).click();
    await page.getByRole("button", { name: "Resolve thread" }).waitFor();
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    expect(items.map(({ body, resolvedAt }) => ({ body, resolvedAt }))).toEqual([
      { body: "Is this done?", resolvedAt: null },
      { body: "It is.", resolvedAt: null },
    ]);
  });

  it("stops a running task from the bar above the page", async () => {
    const { issue, taskId } = await product.assign("Stopped half way", agent);
    await page.goto(`${product.url}/${workspace}/issues/${issue.key}`);
    await product.taskIn(taskId, ["running"]);
    await page.getByRole("button", { name: "Watch" }).waitFor();
    await page.getByRole("button", { name: "Stop" }).first().click();
    const task = await product.taskEnded(taskId);
    expect(task.status).toBe("cancelled");
    await page.getByRole("button", { name: "Watch" }).waitFor({ state: "detached" });
    await waitFor(async () => (await page.getByText("Tutor was stopped").count()) > 0, {
      describe: "the stop in the timeline",
    });
  });
});
