import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import type { TaskId } from "@headcount/contract/kit/ids";
import { usage } from "@headcount/contract/usage/routes";
import { setWorkspace } from "../../platform/database.ts";
import { addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";

const workspace = "acme";
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe("usage queries", () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await createTestApp();
  });
  afterEach(async () => {
    await test[Symbol.asyncDispose]();
  });

  /** Makes the workspace and everything booked from here on look that much older. */
  const daysPass = (days: number): void => test.advance(days * dayMs);

  it("counts a task over midnight on both days, in zones of whole, half and quarter hours", async () => {
    const task = await addTask(test);
    daysPass(3);
    const total = (input: number, ageMs: number) =>
      usageOf(task, { key: "total", cumulative: true, input, ageMs });
    await book(test, [total(100, 2 * dayMs), total(250, dayMs), total(600, 0)]);
    for (const tz of [
      "UTC",
      "America/Bogota",
      "Asia/Kolkata",
      "Asia/Kathmandu",
      "Australia/Eucla",
    ]) {
      const { days, total: sum } = await test.alice.call(usage.daily, { workspace, tz, days: 5 });
      expect(days).toHaveLength(5);
      expect(days.map((day) => day.usage.tokens.input)).toEqual([0, 0, 100, 150, 350]);
      expect(sum.tokens.total).toBe(600);
      expect(sum.costUsd).toBe("0.0006");
    }
    expect((await test.alice.call(usage.verify, { workspace })).differences).toEqual([]);
  });

  it("shows days without any usage and leaves nothing priced out of the cost", async () => {
    const { days, total, asOf } = await test.alice.call(usage.daily, { workspace, days: 3 });
    expect(days.map((day) => day.usage.tokens.total)).toEqual([0, 0, 0]);
    expect(total.costUsd).toBeNull();
    expect(asOf).toBeNull();
  });

  it("puts what a CLI says it cost beside our price of the same events", async () => {
    const task = await addTask(test);
    await book(test, [
      usageOf(task, { key: "silent", input: 1_000 }),
      usageOf(task, {
        key: "stated",
        input: 1_000_000,
        reportedCostUsd: "0.9",
        reportedCostBasis: "estimated",
      }),
    ]);
    const own = await test.alice.call(usage.task, { workspace, taskId: task.id });
    expect(own).toMatchObject({
      total: { costUsd: "1.001" },
      notionalUsd: "0",
      cacheSavedUsd: "0",
      reportedCost: { events: 1, reportedUsd: "0.9", pricedUsd: "1" },
    });
    const silent = await addTask(test);
    await book(test, [usageOf(silent, { key: "silent", input: 7 })]);
    const { reportedCost } = await test.alice.call(usage.task, { workspace, taskId: silent.id });
    expect(reportedCost).toBeNull();
  });

  it("lists models without a price and never counts them as free", async () => {
    const task = await addTask(test);
    await book(test, [
      usageOf(task, { key: "a", input: 1_000_000 }),
      usageOf(task, { key: "b", provider: "acme", model: "secret-1", input: 70, output: 7 }),
    ]);
    const summary = await test.alice.call(usage.summary, { workspace, days: 1 });
    expect(summary.unpriced).toEqual([{ provider: "acme", model: "secret-1", tokens: 77 }]);
    expect(summary.total).toMatchObject({ costUsd: "1", unpricedTokens: 77, events: 2 });
    expect(summary.byModel.map(({ model, usage: sums }) => [model, sums.costUsd])).toEqual([
      ["headcount/tutorial", "1"],
      ["secret-1", null],
    ]);
    const own = await test.alice.call(usage.task, { workspace, taskId: task.id });
    expect(own).toMatchObject({ total: summary.total, coverage: "unknown" });
  });

  it("INV-84 folds agents that are closed to the viewer into one row, with the same total", async () => {
    const open = await test.alice.call(agents.create, {
      workspace,
      name: "Open",
      access: "workspace",
    });
    const closed = await addTask(test, { status: "completed" });
    const other = await addTask(test);
    const shared = await addTask(test, { agentId: open.id, status: "completed" });
    await book(test, [
      usageOf(closed, { input: 10 }),
      usageOf(other, { input: 20 }),
      usageOf(shared, { input: 5 }),
    ]);
    const mine = await test.alice.call(usage.summary, { workspace });
    const theirs = await test.bob.call(usage.summary, { workspace });
    expect(theirs.total).toEqual(mine.total);
    expect(theirs.tasks).toBe(2);
    expect(mine.byAgent).toHaveLength(3);
    expect(
      theirs.byAgent.map((row) => [row.agentId, row.name, row.tasks, row.usage.tokens.input]),
    ).toEqual([
      [null, "Private agents", 1, 30],
      [open.id, "Open", 1, 5],
    ]);
    await expect(
      test.bob.call(usage.daily, { workspace, agentId: closed.agentId }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("INV-112 keeps names and totals of archived agents and deleted issues", async () => {
    const task = await addTask(test, { status: "completed" });
    await book(test, [usageOf(task, { input: 11 })]);
    const before = await test.alice.call(usage.summary, { workspace });
    await test.alice.call(agents.archive, { workspace, agentId: task.agentId });
    await test.alice.call(issues.delete, { workspace, issue: task.issueId });
    const after = await test.alice.call(usage.summary, { workspace });
    expect(after).toEqual(before);
    expect(after.byAgent[0]?.name).toMatch(/^Agent /);
    await book(test, [usageOf(task, { key: "late", input: 4 })]);
    const { total } = await test.alice.call(usage.summary, { workspace });
    expect(total.tokens.input).toBe(15);
  });

  it("keeps sums beyond 2^53 exact, as decimal strings", async () => {
    const task = await addTask(test);
    const records = Array.from({ length: 1_000 }, (_, index) =>
      usageOf(task, { key: `k${index}`, input: 9_999_999_999 }),
    );
    await book(test, records);
    await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`update usage_tail set input = input * 1000`;
    });
    const { total } = await test.alice.call(usage.summary, { workspace, days: 1 });
    expect(total.tokens.input).toBe("9999999999000000");
    const { differences } = await test.alice.call(usage.verify, { workspace });
    expect(differences.map(({ rollup }) => rollup)).toContain("usage_buckets");
  });

  it("sums an issue over its tasks and models", async () => {
    const first = await addTask(test, { status: "completed" });
    const second = await addTask(test, { issueId: first.issueId });
    await book(test, [
      usageOf(first, { key: "a", input: 3, output: 1 }),
      usageOf(first, { key: "b", input: 4, provider: "acme", model: "secret-1" }),
      usageOf(second, { key: "a", input: 50 }),
    ]);
    const issue = await test.bob.call(usage.issue, { workspace, issue: first.issueId });
    expect(issue.total.tokens.total).toBe(58);
    expect(issue.byTask.map((row) => [row.taskId, row.usage.tokens.total])).toEqual([
      [second.id, 50],
      [first.id, 8],
    ]);
    expect(issue.byModel).toHaveLength(2);
    expect(issue.asOf).not.toBeNull();
  });

  it("refuses zones that do not exist, strangers' issues and members who want to verify", async () => {
    await expect(
      test.alice.call(usage.daily, { workspace, tz: "Mars/Base" }),
    ).rejects.toMatchObject({ code: "invalid" });
    await expect(
      test.alice.call(usage.issue, { workspace, issue: "ACM-99" }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      test.alice.call(usage.task, { workspace, taskId: test.app.services.newId<TaskId>() }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(test.bob.call(usage.verify, { workspace })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
