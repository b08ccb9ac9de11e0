import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { budgets } from "@headcount/contract/budgets/routes";
import type { Budget } from "@headcount/contract/budgets/schemas";
import { books } from "@headcount/contract/usage/books-routes";
import { usage } from "@headcount/contract/usage/routes";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { change } from "../usage/verify/books.fixture.ts";
import { getBudget, setBudget, spend, startOne, tasksOf } from "./budgets.fixture.ts";

const part = { workspace, budgets: true } as const;

describe("budgets whose counters are not what the ledger says", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest({ startsAt: new Date("2026-11-22T10:00:00Z") });
  });
  afterEach(() => queue[Symbol.asyncDispose]());

  const set = (spent: string) =>
    change(queue.test, (tx) => tx`update budget_slots set spent = ${spent}::numeric`);
  const verify = async () => (await queue.test.alice.call(usage.verify, part)).differences;
  const rebuild = () => queue.test.alice.call(books.rebuild, part);
  const sweep = () => queue.test.app.jobs.runNow("budgets.sweep");
  const historyOf = async ({ id }: Budget) =>
    (await queue.test.alice.call(budgets.history, { workspace, budgetId: id })).items;
  /** Thresholds that people were told of, the latest first. */
  const toldOf = async (budget: Budget) =>
    (await historyOf(budget)).flatMap(({ kind, percent }) => (kind === "threshold" ? percent : []));

  it("lets go what a counter that is too high has held, and writes down who recounted", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue, { window: { kind: "day" } });
    const running = await startOne(queue);
    await spend(queue, running, 60);
    expect(await set("1010000000000")).toBe(1);
    await sweep();
    const second = await queue.issue("Second", coder.id);
    expect(only(await tasksOf(queue, second.id)).waiting?.code).toBe("held_by_budget");

    expect(await verify()).toEqual([
      {
        rollup: "budget_slots",
        key: `2026-11-22T00:00Z ${budget.id} Design`,
        ledger: "billed_usd=0.6",
        stored: "billed_usd=1.01",
      },
    ]);
    expect(await rebuild()).toMatchObject({ repaired: 1 });
    expect((await getBudget(queue, budget)).status).toMatchObject({ spent: "0.6", holding: false });
    await queue.machine.finish(running);
    expect(await queue.machine.claim()).toHaveLength(1);
    expect(await verify()).toEqual([]);
    expect(await rebuild()).toMatchObject({ repaired: 0 });
    const items = await historyOf(budget);
    const recounted = items.find((event) => event.kind === "recounted");
    expect(recounted).toMatchObject({
      actor: { name: "Alice" },
      changed: [{ before: "1.01", after: "0.6" }],
    });
    expect(items.find((event) => event.kind === "lifted")).toMatchObject({ why: "corrected" });
  });

  it("holds and stops what a counter that is too low has let run, and tells that the limit is reached", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue, { action: "stop" });
    const running = await startOne(queue);
    await spend(queue, running, 90);
    await set("0");
    await spend(queue, running, 20);
    expect((await getBudget(queue, budget)).status).toMatchObject({ spent: "0.2", holding: false });
    await rebuild();
    expect((await getBudget(queue, budget)).status).toMatchObject({ spent: "1.1", holding: true });
    const { leases } = await queue.machine.beat({
      leases: [{ ...running, step: "running", silentForMs: 0, toolOpen: false }],
    });
    expect(leases).toMatchObject([{ state: "stop", reason: "budget_stop" }]);
    expect(await toldOf(budget)).toEqual([100, 80, 50]);
  });

  it("tells again of thresholds that only a wrong counter had reached", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue, { action: "notify" });
    const running = await startOne(queue);
    await spend(queue, running, 10);
    await set("990000000000");
    await sweep();
    await rebuild();
    expect((await getBudget(queue, budget)).status.thresholdsReached).toEqual([]);
    await spend(queue, running, 45);
    expect(await toldOf(budget)).toEqual([50, 80, 50]);
  });

  it("is found every night, and ends the alarm when it is repaired", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    await setBudget(queue);
    await spend(queue, await startOne(queue), 10);
    await change(queue.test, (tx) => tx`delete from budget_slots`);
    await queue.test.app.jobs.runNow("usage.verify");
    const alarm = async () =>
      (await queue.test.alice.call(books.verification, { workspace })).verification;
    expect(await alarm()).toMatchObject({
      differences: 1,
      keys: [expect.stringMatching(/^budget_slots .* Design$/)],
    });
    await rebuild();
    expect(await alarm()).toMatchObject({ differences: 0 });
  });
});
