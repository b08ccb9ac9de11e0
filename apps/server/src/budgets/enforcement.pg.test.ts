import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { budgets } from "@headcount/contract/budgets/routes";
import { issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Signal } from "../realtime/signals.ts";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { getBudget, setBudget, spend, startOne, tasksOf } from "./budgets.fixture.ts";

const stopped = { status: "failed", failureReason: "budget_stop" } as const;
const dayMs = 24 * 60 * 60_000;

describe("a budget at its limit", () => {
  let queue: QueueTest;
  let signals: Signal[];
  beforeEach(async () => {
    queue = await createQueueTest({ startsAt: new Date("2026-11-22T10:00:00Z") });
    signals = [];
    queue.test.app.signals.on((signal) => signals.push(signal));
  });
  afterEach(() => queue[Symbol.asyncDispose]());

  const changesOf = (type: string): Promise<{ data: Record<string, unknown> }[]> =>
    queue.rows(
      (sql) => sql<{ data: Record<string, unknown> }[]>`
        select data from changes where type = ${type} order by seq`,
    );
  const woken = (): number =>
    signals.filter((signal) => signal.topic === "daemon" && signal.hint === "work").length;

  it("lets what runs go on, starts nothing more, and says why and until when", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue, { window: { kind: "day" }, action: "hold" });
    const running = await startOne(queue);
    await spend(queue, running, 99);
    const second = await queue.issue("Second", coder.id);
    await spend(queue, running, 2);
    expect(await queue.machine.claim()).toEqual([]);
    const waiting = only(await tasksOf(queue, second.id)).waiting;
    expect(waiting).toMatchObject({
      code: "held_by_budget",
      facts: {
        budget: "Design",
        budgetId: budget.id,
        spent: "1.01",
        limit: "1",
        resetsAt: "2026-11-23T00:00:00.000Z",
        action: "hold",
      },
    });
    const shown = await queue.test.alice.call(issues.get, { workspace, issue: second.id });
    expect(shown.liveTask?.waiting?.code).toBe("held_by_budget");
    expect((await getBudget(queue, budget)).status).toMatchObject({
      state: "exhausted",
      spent: "1.01",
      remaining: "-0.01",
      holding: true,
      heldTasks: 1,
      runningTasks: 1,
      holdsUntil: "2026-11-23T00:00:00.000Z",
    });
    expect(signals.some((signal) => signal.topic === "daemon-stop")).toBe(false);
    expect(await queue.machine.finish(running)).toBe("stored");
    expect(only(await tasksOf(queue, running.issue.id)).status).toBe("completed");
  });

  it("ends what runs with the event that crosses it, and goes on in the same session when it is raised", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue, { action: "stop" });
    const running = await startOne(queue);
    await spend(queue, running, 60);
    expect(signals.some((signal) => signal.topic === "daemon-stop")).toBe(false);
    await spend(queue, running, 60);
    expect(signals.filter((signal) => signal.topic === "daemon-stop")).toMatchObject([
      { taskId: running.taskId, lease: running.lease, reason: "budget_stop" },
    ]);
    expect(await queue.machine.finish(running, stopped)).toBe("stored");
    expect(await queue.machine.claim()).toEqual([]);
    const [held] = await tasksOf(queue, running.issue.id);
    expect(held).toMatchObject({ status: "queued", waiting: { code: "held_by_budget" } });
    const before = woken();
    await queue.test.alice.call(budgets.raise, { workspace, budgetId: budget.id, by: "0.5" });
    expect(woken()).toBeGreaterThan(before);
    const next = only(await queue.machine.claim());
    expect(next).toMatchObject({ taskId: held?.id, resume: { sessionId: "session-1" } });
    expect(only(await changesOf("budget.lifted")).data).toMatchObject({ why: "raised" });
  });

  it("tells of each threshold once per window, and again in the next", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    await setBudget(queue, {
      window: { kind: "day" },
      action: "notify",
      thresholds: [50, 80, 100],
    });
    const running = await startOne(queue);
    for (const cents of [49, 1, 1, 40, 20, 1]) await spend(queue, running, cents);
    const told = async (): Promise<unknown[]> =>
      (await changesOf("budget.threshold")).map((change) => change.data["percent"]);
    expect(await told()).toEqual([50, 80, 100]);
    queue.test.advance(dayMs);
    await spend(queue, running, 85);
    expect(await told()).toEqual([50, 80, 100, 50, 80]);
    await queue.machine.beat();
    await queue.issue("Second", coder.id);
    expect(await queue.machine.claim()).toHaveLength(1);
  });

  it("holds nothing after a window's reset, without waiting for any job", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue, { window: { kind: "day" } });
    const running = await startOne(queue);
    await queue.issue("Second", coder.id);
    await spend(queue, running, 100);
    expect(await queue.machine.claim()).toEqual([]);
    queue.test.advance(14 * 60 * 60_000);
    await queue.machine.beat();
    expect(await queue.machine.claim()).toHaveLength(1);
    const before = woken();
    await queue.test.app.jobs.runNow("budgets.sweep");
    expect(woken()).toBe(before);
    expect(only(await changesOf("budget.lifted")).data).toMatchObject({ why: "reset" });
    expect((await getBudget(queue, budget)).status).toMatchObject({ state: "ok", spent: "0" });
  });

  it("what was used just before a reset belongs to the window before, whenever it arrives", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue, { window: { kind: "day" }, limit: "5" });
    const running = await startOne(queue);
    await spend(queue, running, 30);
    queue.test.advance(14 * 60 * 60_000 + 60_000);
    await spend(queue, running, 7);
    const { items } = await queue.test.alice.call(budgets.periods, {
      workspace,
      budgetId: budget.id,
    });
    expect(items.map((period) => [period.startsAt, period.spent])).toEqual([
      ["2026-11-23T00:00:00.000Z", "0.07"],
      ["2026-11-22T00:00:00.000Z", "0.3"],
    ]);
  });

  it("holds a budget's own scope and nothing else", async () => {
    const coder = await queue.agent("Coder");
    const tester = await queue.agent("Tester");
    await queue.issue("First", coder.id);
    await setBudget(queue, { scope: "agent", subject: coder.id });
    const running = await startOne(queue);
    await spend(queue, running, 100);
    const held = await queue.issue("Second", coder.id);
    const free = await queue.issue("Third", tester.id);
    expect((await queue.machine.claim()).map((task) => task.issue.id)).toEqual([free.id]);
    expect(only(await tasksOf(queue, held.id)).waiting?.code).toBe("held_by_budget");
  });

  it("a task's own budget covers the runs that continue it", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const running = await startOne(queue);
    const budget = await setBudget(queue, {
      scope: "task",
      subject: running.taskId,
      action: "stop",
    });
    await spend(queue, running, 100);
    await queue.machine.finish(running, stopped);
    expect(await queue.machine.claim()).toEqual([]);
    await queue.test.alice.call(budgets.raise, { workspace, budgetId: budget.id, to: "1.5" });
    const next = await startOne(queue);
    await spend(queue, next, 50);
    expect((await getBudget(queue, budget)).status).toMatchObject({ spent: "1.5", holding: true });
  });

  it("a budget of tasks lets no more of them start, however many are claimed at once", async () => {
    const agents = await Promise.all(["A", "B", "C", "D"].map((name) => queue.agent(name)));
    for (const { id } of agents) await queue.issue(`For ${id}`, id);
    const budget = await setBudget(queue, { unit: "tasks", limit: "2" });
    const claimed = (
      await Promise.all([1, 2, 3, 4].map(() => queue.machine.claim({ max: 1 })))
    ).flat();
    expect(claimed.length).toBeLessThanOrEqual(2);
    const more = await queue.machine.claim();
    expect(claimed.length + more.length).toBe(2);
    for (const task of [...claimed, ...more]) await queue.machine.start(task);
    expect(await queue.machine.claim()).toEqual([]);
    expect((await getBudget(queue, budget)).status).toMatchObject({
      spent: "2",
      holding: true,
      heldTasks: 2,
    });
  });

  it("hours of running tasks count while they run", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue, { unit: "hours", limit: "1.5", action: "stop" });
    const running = await startOne(queue);
    queue.test.advance(80 * 60_000);
    await queue.test.app.jobs.runNow("budgets.sweep");
    expect(signals.some((signal) => signal.topic === "daemon-stop")).toBe(false);
    queue.test.advance(11 * 60_000);
    await queue.test.app.jobs.runNow("budgets.sweep");
    expect(signals.filter((signal) => signal.topic === "daemon-stop")).toHaveLength(1);
    await queue.machine.finish(running, stopped);
    expect((await getBudget(queue, budget)).status.holding).toBe(true);
  });

  it("ends what comes into the scope of a used-up budget", async () => {
    const coder = await queue.agent("Coder");
    const tester = await queue.agent("Tester");
    await queue.issue("First", coder.id);
    const spender = await startOne(queue);
    await queue.issue("Second", tester.id);
    const other = await startOne(queue);
    await setBudget(queue, { scope: "issue", subject: spender.issue.key, action: "stop" });
    await spend(queue, spender, 100);
    const asked = (): string[] =>
      signals.flatMap((signal) => (signal.topic === "daemon-stop" ? [signal.taskId] : []));
    expect(asked()).toEqual([spender.taskId]);
    await queue.rows(
      (sql) => sql`update tasks set issue_id = ${spender.issue.id} where id = ${other.taskId}`,
    );
    await queue.test.app.jobs.runNow("budgets.sweep");
    expect(asked()).toEqual([spender.taskId, other.taskId]);
  });

  it("held work does not expire, and has its time again after the hold", async () => {
    const coder = await queue.agent("Coder");
    await queue.issue("First", coder.id);
    const budget = await setBudget(queue);
    const running = await startOne(queue);
    await spend(queue, running, 100);
    const second = await queue.issue("Second", coder.id);
    queue.test.advance(5 * 60 * 60_000);
    await queue.machine.beat();
    await queue.test.app.jobs.runNow("work.sweep");
    expect(only(await tasksOf(queue, second.id)).status).toBe("queued");
    await queue.test.alice.call(budgets.update, { workspace, budgetId: budget.id, enabled: false });
    await queue.test.app.jobs.runNow("work.sweep");
    expect(only(await tasksOf(queue, second.id)).status).toBe("queued");
    const why = await queue.test.alice.call(tasks.why, {
      workspace,
      taskId: only(await tasksOf(queue, second.id)).id,
    });
    expect(why.reasons.map((reason) => reason.code)).not.toContain("held_by_budget");
  });
});
