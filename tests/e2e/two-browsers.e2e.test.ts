/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { comments, issues } from "@headcount/contract/issues/routes";
import { patientMs } from "@headcount/testkit/patience";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";

describe("two people on one board", () => {
  let product: Product;
  let browser: TestBrowser;
  let bobToken: string;
  beforeAll(async () => {
    product = await startProduct({ web: true });
    browser = await startBrowser();
    ({ token: bobToken } = await product.invite("Bob"));
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
  });

  it("what one creates, moves and says, the other sees without reloading", async () => {
    const ada = await browser.open();
    const bob = await browser.open();
    await signIn(product, ada.page);
    await signIn(product, bob.page, bobToken);
    await Promise.all([
      ada.page.goto(`${product.url}/${workspace}/issues`),
      bob.page.goto(`${product.url}/${workspace}/issues`),
    ]);
    await ada.page.getByRole("button", { name: "New issue" }).first().click();
    await ada.page.getByRole("textbox", { name: "Title" }).fill("Written by Ada");
    await ada.page.keyboard.press("Control+Enter");
    const card = bob.page.getByText("Written by Ada");
    await card.waitFor();
    const { items } = await product.call(issues.list, { workspace });
    const issue = items.find((candidate) => candidate.title === "Written by Ada");
    expect(issue).toBeDefined();

    await card.click();
    await bob.page.waitForURL(/\/issues\/ACME-\d+/);
    const composer = bob.page.getByPlaceholder(/Write a comment/);
    await composer.fill("Looks right to me");
    await composer.press("Control+Enter");
    await ada.page.goto(`${product.url}/${workspace}/issues/${issue?.key}`);
    await ada.page.getByText("Looks right to me").waitFor();
    await product.clientFor(bobToken).call(comments.add, {
      workspace,
      issue: issue?.id ?? "",
      body: "And one more thought",
    });
    await ada.page.getByText("And one more thought").waitFor();
    expect([...ada.errors, ...bob.errors]).toEqual([]);
  });

  it("a run is watched live to its end, with what it cost", async () => {
    const agent = await product.createAgent("Tutor", "tutorial");
    await product.call(agents.setAccess, { workspace, agentId: agent.id, access: "workspace" });
    const watcher = await browser.open();
    await signIn(product, watcher.page, bobToken);
    await watcher.page.goto(`${product.url}/${workspace}/issues`);
    const { issue, taskId } = await product.assign("Watched from afar", agent);
    await watcher.page.getByText("Watched from afar").click();
    // The comment is enough where nobody saw the transcript in time.
    await watcher.page
      .getByText(/I am the tutorial agent|No model was called/)
      .first()
      .waitFor({ timeout: patientMs(30_000) });
    const task = await product.taskEnded(taskId);
    await watcher.page
      .getByText(/\$0\.01/)
      .first()
      .waitFor();
    expect(task.outcome).toBe("done");
    expect((await product.call(issues.get, { workspace, issue: issue.id })).costUsd).toBe(
      task.costUsd,
    );
    expect(watcher.errors).toEqual([]);
  });

  it("works on a phone, in the dark, in Chinese", async () => {
    const phone = await browser.open({ width: 390, language: "zh-CN", dark: true });
    await signIn(product, phone.page);
    await phone.page.goto(`${product.url}/${workspace}/issues`);
    await phone.page.getByRole("heading", { name: "事项" }).waitFor();
    const overflow = await phone.page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(phone.errors).toEqual([]);
  });
});
