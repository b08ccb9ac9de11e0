import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { budgets } from "@headcount/contract/budgets/routes";
import { tank } from "@headcount/contract/tank/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { book, usageOf } from "../usage/ledger/usage.fixture.ts";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { getBudget, readCounted, setBudget, spend, startOne, tasksOf } from "./budgets.fixture.ts";

const stopped = { status: "failed", failureReason: "budget_stop" } as const;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Ten minutes before midnight in UTC. */
const startsAt = new Date("2026-11-22T23:50:00Z");

describe("budgets, while something else happens", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest({ startsAt });
  });
  afterEach(() => queue[Symbol.asyncDispose]());

  /** A task that runs and has crossed the limit of a dollar. */
  async function crossed(cents = 120): Promise<ClaimedTask> {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const task = await startOne(queue);
    await spend(queue, task, cents);
    return task;
  }
  const beat = async (task: ClaimedTask) =>
    (
      await queue.machine.beat({
        leases: [{ ...task, step: "running", silentForMs: 0, toolOpen: false }],
      })
    ).leases;
  const raise = (budgetId: string, by = "5") =>
    queue.test.alice.call(budgets.raise, { workspace, budgetId: budgetId as never, by });

  it.each([
    ["raised", (id: string) => raise(id)],
    [
      "archived",
      (id: string) => queue.test.alice.call(budgets.archive, { workspace, budgetId: id as never }),
    ],
    [
      "switched off",
      (id: string) =>
        queue.test.alice.call(budgets.update, {
          workspace,
          budgetId: id as never,
          enabled: false,
        }),
    ],
  ])(
    "is %s while the stop is on its way: the run ends or not, and its work goes on in its session",
    async (_what, act) => {
      const budget = await setBudget(queue, { action: "stop" });
      const task = await crossed();
      await act(budget.id);
      expect(await queue.machine.finish(task, stopped)).toBe("stored");
      const next = only(await queue.machine.claim());
      expect(next).toMatchObject({ resume: { sessionId: "session-1" } });
      await queue.machine.start(next);
      expect(await beat(next)).toMatchObject([{ state: "ok" }]);
      expect(await queue.machine.finish(next)).toBe("stored");
      const done = await tasksOf(queue, task.issue.id);
      expect(done.map(({ status }) => status).toSorted()).toEqual(["completed", "failed"]);
    },
  );

  it("lets a run complete that had ended when the stop reached its machine", async () => {
    await setBudget(queue, { action: "stop" });
    const task = await crossed();
    expect(await queue.machine.finish(task)).toBe("stored");
    expect(only(await tasksOf(queue, task.issue.id)).status).toBe("completed");
  });

  it("tells a machine of a stop again that it never heard of, as after a server that was killed", async () => {
    await setBudget(queue, { action: "stop" });
    const task = await crossed();
    expect(await beat(task)).toMatchObject([{ state: "stop", reason: "budget_stop" }]);
    expect(await beat(task)).toMatchObject([{ state: "stop", reason: "budget_stop" }]);
  });

  it("is topped up while the stop is on its way", async () => {
    const { alice } = queue.test;
    await alice.call(tank.topUp, { workspace, amount: "1", key: "one" });
    await alice.call(tank.settings, { workspace, action: "stop" });
    const task = await crossed();
    await alice.call(tank.topUp, { workspace, amount: "5", key: "two" });
    await queue.machine.finish(task, stopped);
    expect(await queue.machine.claim()).toHaveLength(1);
    const { workspace: left } = await alice.call(tank.balance, { workspace });
    expect(left).toMatchObject({ balance: "4.8", empty: false, heldTasks: 0 });
  });

  it("holds a task that another one holds as well until both have room", async () => {
    const first = await setBudget(queue, { name: "First" });
    const second = await setBudget(queue, { name: "Second", limit: "1.1" });
    const task = await crossed();
    const waits = await queue.issue("Second", task.agent.id);
    await queue.machine.finish(task);
    await raise(first.id);
    expect(await queue.machine.claim()).toEqual([]);
    expect(only(await tasksOf(queue, waits.id)).waiting?.facts).toMatchObject({
      budget: "Second",
    });
    await raise(second.id);
    expect(await queue.machine.claim()).toHaveLength(1);
  });

  it("counts what is used at the very moment of a reset in the new window, and holds in neither for the other", async () => {
    const budget = await setBudget(queue, { window: { kind: "day" } });
    const task = await crossed(60);
    queue.test.advance(10 * minuteMs);
    await Promise.all([spend(queue, task, 60), queue.test.app.jobs.runNow("budgets.sweep")]);
    expect((await getBudget(queue, budget)).status).toMatchObject({ spent: "0.6", holding: false });
    const { items } = await queue.test.alice.call(budgets.periods, {
      workspace,
      budgetId: budget.id,
    });
    expect(items.map(({ spent }) => spent)).toEqual(["0.6", "0.6"]);
  });

  it("holds nothing for what crosses the limit of a window that is over when it arrives", async () => {
    const budget = await setBudget(queue, { window: { kind: "day" }, action: "stop" });
    const task = await crossed(60);
    queue.test.advance(11 * minuteMs);
    await queue.machine.beat();
    const late = usageOf({ id: task.taskId }, { key: "late", input: 900_000, ageMs: 5 * minuteMs });
    expect((await book(queue.test, [late]))[0]?.result).toBe("stored");
    expect(await beat(task)).toMatchObject([{ state: "ok" }]);
    expect((await getBudget(queue, budget)).status).toMatchObject({ spent: "0", holding: false });
    const { items } = await queue.test.alice.call(budgets.periods, {
      workspace,
      budgetId: budget.id,
    });
    expect(items.map(({ spent }) => spent)).toEqual(["0", "1.5"]);
  });

  it("counts another window from what the books say when it is changed, and lets go by it", async () => {
    const budget = await setBudget(queue);
    const task = await crossed();
    queue.test.advance(hourMs);
    await queue.machine.beat();
    await queue.issue("Second", task.agent.id);
    await queue.machine.finish(task);
    expect(await queue.machine.claim()).toEqual([]);
    const change = (window: { kind: "day" } | { kind: "none" }) =>
      queue.test.alice.call(budgets.update, { workspace, budgetId: budget.id, window });
    expect((await change({ kind: "day" })).status).toMatchObject({ spent: "0", holding: false });
    expect((await change({ kind: "none" })).status).toMatchObject({ spent: "1.2", holding: true });
    await change({ kind: "day" });
    expect(await queue.machine.claim()).toHaveLength(1);
    const { kept, ledger } = await readCounted(queue);
    expect(kept).toEqual(ledger);
  });

  it("stays as it is when its agent is archived with held work, and brought back", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue, { scope: "agent", subject: coder.id, action: "stop" });
    const task = await startOne(queue);
    await spend(queue, task, 120);
    await queue.machine.finish(task, stopped);
    await queue.test.alice.call(agents.archive, { workspace, agentId: coder.id });
    expect((await getBudget(queue, budget)).status).toMatchObject({ spent: "1.2", heldTasks: 0 });
    await raise(budget.id);
    expect(await queue.machine.claim()).toEqual([]);
    await queue.test.alice.call(agents.restore, { workspace, agentId: coder.id });
    await queue.issue("Again", coder.id);
    expect(await queue.machine.claim()).toHaveLength(1);
  });
});

describe("a budget of days where clocks are turned", () => {
  it("has 25 hours on the day on which they go back, and holds until the end of it", async () => {
    await using queue = await createQueueTest({ startsAt: new Date("2026-11-01T04:30:00Z") });
    const budget = await setBudget(queue, { window: { kind: "day", zone: "America/New_York" } });
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const task = await startOne(queue);
    await spend(queue, task, 60);
    queue.test.advance(24 * hourMs);
    await queue.machine.beat();
    await spend(queue, task, 60);
    expect((await getBudget(queue, budget)).status).toMatchObject({
      spent: "1.2",
      holdsUntil: "2026-11-02T05:00:00.000Z",
    });
    queue.test.advance(30 * minuteMs);
    await queue.test.app.jobs.runNow("budgets.sweep");
    expect((await getBudget(queue, budget)).status).toMatchObject({ spent: "0", holding: false });
  });
});
