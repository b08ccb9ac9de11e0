/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TaskId } from "@headcount/contract/kit/ids";
import type { Agent } from "@headcount/contract/agents/schemas";
import type { Issue } from "@headcount/contract/issues/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import { makeFakeClaude } from "@headcount/testkit/fake-agent/make-fake-claude";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { patientMs } from "@headcount/testkit/patience";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";
import { violations } from "./support/violations.ts";

/** More than a new agent may use within a quarter of an hour: 40 dollars of output. */
const storm = [
  { usage: { input: 1_000, output: 4_000_000 } },
  { text: "That was dear." },
  { run: "tail -f /dev/null" },
];

describe("an agent that runs away, in a browser", () => {
  let product: Product;
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
  let browser: TestBrowser;
  let page: Page;
  let errors: string[];
  let agent: Agent;
  let issue: Issue;
  let taskId: TaskId;
  beforeAll(async () => {
    folder = await temporaryDirectory({ prefix: "claude" });
    const resumedSteps = [{ result: "Went on." }];
    await makeFakeClaude(folder.path, { model: "claude-sonnet-5", steps: storm, resumedSteps });
    product = await startProduct({ web: true, agentDirectories: [folder.path] });
    browser = await startBrowser();
    ({ page, errors } = await browser.open());
    await signIn(product, page);
    agent = await product.createAgent("Spender", "claude");
    ({ issue, taskId } = await product.assign("Spend too much", agent, {}));
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const places = () => ({
    issue: `/${workspace}/issues/${issue.key}`,
    agent: `/${workspace}/agents/${agent.id}`,
    live: `/${workspace}/live`,
  });
  const open = (at: string, on: Page = page) => on.goto(product.url + at);
  const saw = /Spender is held\. It used \$\d+\.\d\d within a quarter of an hour, and is too new/;

  it("is stopped and held while its issue is open, which says so without a reload", async () => {
    await open(places().issue);
    await page.getByText(saw).waitFor({ timeout: patientMs(60_000) });
    expect(await product.taskEnded(taskId, 60_000)).toMatchObject({
      status: "failed",
      failureReason: "runaway_stop",
    });
  });

  it("is said on issue, agent and live page, in both languages and themes, on desk and phone", async () => {
    for (const [name, at] of Object.entries(places())) {
      await open(at);
      await page.getByText(saw).waitFor();
      expect(await violations(page, `a held agent on the ${name} page`)).toEqual([]);
    }
    const phone = await browser.open({ width: 390, language: "zh-CN", dark: true });
    await signIn(product, phone.page);
    for (const [name, at] of Object.entries(places())) {
      await open(at, phone.page);
      await phone.page.getByText(/Spender 已被暂停。/).waitFor();
      const overflow = await phone.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([name, overflow]).toEqual([name, 0]);
      expect(await violations(phone.page, `a held agent on a phone, ${name}`)).toEqual([]);
    }
    expect(phone.errors).toEqual([]);
    await phone.context.close();
  });

  it("goes on in its session after one press of a key", async () => {
    const waiting = await waitFor(
      async () => {
        const { items } = await product.call(tasks.list, { workspace });
        return items.find((task) => task.retryOf === taskId);
      },
      { describe: "the task that continues the stopped one" },
    );
    expect(waiting.waiting?.code).toBe("held_by_guard");
    await open(places().issue);
    await page.getByRole("button", { name: "Let it go on: Spender" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText(saw).waitFor({ state: "detached" });
    const done = await product.taskEnded(waiting.id, 60_000);
    expect(done).toMatchObject({ status: "completed", result: "Went on." });
    const stopped = await product.call(tasks.get, { workspace, taskId });
    expect(done.sessionId).toBe(stopped.sessionId);
    expect(errors).toEqual([]);
  });
});
