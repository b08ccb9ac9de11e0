import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { usage } from "@headcount/contract/usage/routes";
import { makeFakeClaude, type FakeClaude } from "@headcount/testkit/fake-agent/make-fake-claude";
import {
  temporaryDirectory,
  type TemporaryDirectory,
} from "@headcount/testkit/temporary-directory";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { createProductDatabase } from "../support/test-database.ts";

describe("from an assignment to a metered result", () => {
  let database: Awaited<ReturnType<typeof createProductDatabase>>;
  let folder: TemporaryDirectory;
  let claude: FakeClaude;
  let product: Product;
  beforeAll(async () => {
    database = await createProductDatabase();
    folder = await temporaryDirectory({ prefix: "claude-" });
    claude = await makeFakeClaude(folder.path);
    product = await startProduct({
      databaseUrl: database.url,
      agentDirectories: [path.dirname(claude.executable)],
      daemonEnvironment: { HEADCOUNT_TUTORIAL_PACE_MS: "0" },
    });
  });
  afterAll(async () => {
    await product[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  it("the tutorial agent reads its issue, writes, comments, and its stated usage is booked", async () => {
    const agent = await product.createAgent("Tutor", "tutorial");
    const { issue, taskId } = await product.assign("Say hello", agent);
    const task = await product.taskEnded(taskId);
    expect(task).toMatchObject({
      status: "completed",
      outcome: "done",
      modelUsed: "headcount/tutorial",
    });
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    expect(items.filter((comment) => comment.author.type === "agent")).toHaveLength(1);
    expect((await product.call(issues.get, { workspace, issue: issue.id })).status).toBe(
      "in_review",
    );
    const transcript = await product.call(tasks.transcript, { workspace, taskId });
    expect(transcript.items.filter((row) => row.type === "tool_use").length).toBeGreaterThanOrEqual(
      3,
    );
    const { total, coverage } = await product.call(usage.task, { workspace, taskId });
    const stated = /input (\d+), cache read (\d+), cache write (\d+), output (\d+)/.exec(
      task.result ?? "",
    );
    expect(coverage).toBe("exact");
    expect([
      total.tokens.input,
      total.tokens.cacheRead,
      total.tokens.cacheWrite5m,
      total.tokens.output,
    ]).toEqual(stated?.slice(1).map(Number));
  });

  it("an agent over stream-json works through the task's own command line", async () => {
    await claude.setScript({
      model: "claude-sonnet-5",
      steps: [
        { usage: { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53 } },
        {
          run: 'seq 2 > made.txt && mkdir dist && seq 9 > dist/built.js && headcount issue status "$HEADCOUNT_ISSUE_KEY" in_progress && printf "from the agent" | headcount issue comment add "$HEADCOUNT_ISSUE_KEY" --content-stdin',
        },
        { usage: { input: 1511, cacheRead: 409, cacheWrite: 103, output: 29 } },
        { result: "done" },
      ],
    });
    const agent = await product.createAgent("Claude", "claude", { model: "claude-sonnet-5" });
    const { issue, taskId } = await product.assign("Use the command line", agent);
    const task = await product.taskEnded(taskId);
    expect([task.error, task.status, task.outcome]).toEqual([null, "completed", "done"]);
    expect(task.changes).toEqual({ linesAdded: 2, linesDeleted: 0, filesChanged: 1 });
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    expect(
      items.map((comment) => [comment.author.name, comment.body, comment.onBehalfOf?.name]),
    ).toEqual([["Claude", "from the agent", "Ada"]]);
    const { total, byModel } = await product.call(usage.task, { workspace, taskId });
    expect(total.tokens).toMatchObject({
      input: 2520,
      cacheRead: 620,
      cacheWrite5m: 410,
      output: 82,
    });
    expect(byModel.map((row) => row.model)).toEqual(["claude-sonnet-5"]);
    expect(total.costUsd).not.toBeNull();
  });
});
