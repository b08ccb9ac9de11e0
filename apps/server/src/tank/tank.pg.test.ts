import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import type { TaskId } from "@headcount/contract/kit/ids";
import { notices } from "@headcount/contract/notices/routes";
import { budgets } from "@headcount/contract/budgets/routes";
import { tank } from "@headcount/contract/tank/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { runningTask } from "../tasks/report.fixture.ts";
import { book, usageOf } from "../usage/ledger/usage.fixture.ts";

const minuteMs = 60_000;
/** In the middle of a quarter of an hour. */
const startsAt = new Date("2026-11-18T10:07:30Z");

describe("the tank", () => {
  let queue: QueueTest;
  let keys = 0;
  beforeEach(async () => {
    queue = await createQueueTest({ startsAt });
  });
  afterEach(() => queue[Symbol.asyncDispose]());

  const topUp = (amount: string, input: object = {}) =>
    queue.test.alice.call(tank.topUp, { workspace, amount, key: `key ${(keys += 1)}`, ...input });
  const balance = (person = queue.test.alice) => person.call(tank.balance, { workspace });
  const ofWorkspace = async () => {
    const { workspace: state } = await balance();
    if (!state) throw new Error("There is no tank");
    return state;
  };
  /** The tutorial's model costs 5 dollars per million tokens of output. */
  const spend = (id: TaskId, dollars: number) =>
    book(queue.test, [usageOf({ id }, { key: `call ${(keys += 1)}`, output: dollars * 200_000 })]);
  const told = async (person = queue.test.alice) =>
    (await person.call(notices.list, { workspace })).items.map((item) => item.title).toReversed();

  it("is top-ups less what was spent since the first of them, exact at commit", async () => {
    const task = await runningTask(queue);
    await spend(task.taskId, 3);
    expect(await balance()).toEqual({ workspace: null, personal: null, members: [] });
    await topUp("10");
    expect(await ofWorkspace()).toMatchObject({
      filled: "10",
      spent: "0",
      balance: "10",
      full: "10",
      percent: 100,
      empty: false,
    });
    await spend(task.taskId, 2.5);
    expect(await ofWorkspace()).toMatchObject({ spent: "2.5", balance: "7.5", percent: 75 });
    await topUp("22.5");
    expect(await ofWorkspace()).toMatchObject({
      filled: "32.5",
      spent: "2.5",
      balance: "30",
      full: "30",
      percent: 100,
    });
    await spend(task.taskId, 30.000005);
    expect(await ofWorkspace()).toMatchObject({ balance: "-0.000005", percent: 0, empty: true });
  });

  it("paying in twice with one key pays in once, and a key is for one entry", async () => {
    const first = await topUp("5", { key: "invoice 7" });
    const again = await topUp("5", { key: "invoice 7" });
    expect(again.entry).toEqual(first.entry);
    await expect(topUp("6", { key: "invoice 7" })).rejects.toMatchObject({
      reason: "tank.key_reused",
    });
    expect((await ofWorkspace()).filled).toBe("5");
    const together = await Promise.all(
      Array.from({ length: 6 }, () => topUp("1", { key: "invoice 8" })),
    );
    expect(new Set(together.map(({ entry }) => entry.id)).size).toBe(1);
    expect((await ofWorkspace()).filled).toBe("6");
  });

  it("corrections are entries; what was paid in stays as it was", async () => {
    const { entry } = await topUp("1000", { note: "Invoice 12" });
    const correct = (amount: string) =>
      queue.test.alice.call(tank.correct, {
        workspace,
        corrects: entry.id,
        amount,
        note: "One zero too many",
        key: `key ${(keys += 1)}`,
      });
    await expect(correct("-1000.01")).rejects.toMatchObject({ reason: "tank.below_zero" });
    const { tank: after } = await correct("-900");
    expect(after).toMatchObject({ filled: "100", balance: "100", full: "100", percent: 100 });
    const { items } = await queue.test.alice.call(tank.entries, { workspace });
    expect(items).toMatchObject([
      { kind: "correction", amount: "-900", filledAfter: "100", corrects: entry.id },
      {
        kind: "top_up",
        amount: "1000",
        note: "Invoice 12",
        actor: { type: "member", id: queue.test.alice.userId, name: "Alice" },
      },
    ]);
    await expect(
      queue.rows((sql) => sql`set role headcount_app; delete from tank_entries`.simple()),
    ).rejects.toThrow(/permission denied/);
  });

  it("an empty one holds work, and filling it lets the work go on", async () => {
    const task = await runningTask(queue);
    await topUp("1");
    await queue.issue("Next", task.agent.id);
    await spend(task.taskId, 1);
    expect(await queue.machine.claim()).toEqual([]);
    const waiting = only(
      (await queue.test.alice.call(tasks.list, { workspace, status: ["queued"] })).items,
    );
    const why = await queue.test.alice.call(tasks.why, { workspace, taskId: waiting.id });
    expect(why.reasons[0]).toMatchObject({ code: "held_by_budget" });
    expect(await ofWorkspace()).toMatchObject({ empty: true, heldTasks: 1 });
    await topUp("0.5");
    expect(only(await queue.machine.claim()).taskId).toBe(waiting.id);
  });

  it("an empty one stops what runs, where it was told so, and tells people only where that is all", async () => {
    const task = await runningTask(queue);
    await topUp("1");
    const set = (action: "notify" | "stop") =>
      queue.test.alice.call(tank.settings, { workspace, action });
    await set("notify");
    await spend(task.taskId, 1);
    const lease = { ...task, step: "running", silentForMs: 0, toolOpen: false } as const;
    expect((await queue.machine.beat({ leases: [lease] })).leases).toMatchObject([{ state: "ok" }]);
    expect(await set("stop")).toMatchObject({ action: "stop" });
    expect((await queue.machine.beat({ leases: [lease] })).leases).toMatchObject([
      { state: "stop", reason: "budget_stop" },
    ]);
    await queue.machine.finish(task, { status: "failed", failureReason: "budget_stop" });
    expect(await queue.machine.claim()).toEqual([]);
    await topUp("1");
    expect(only(await queue.machine.claim())).toMatchObject({ resume: { sessionId: "session-1" } });
  });

  it("tells of 20, 10 and 5 percent once each, and anew after it was filled", async () => {
    const task = await runningTask(queue);
    await topUp("100");
    for (const dollars of [79, 1, 1, 10, 1]) await spend(task.taskId, dollars);
    expect(await told()).toEqual(["Tank: less than 20 % is left", "Tank: less than 10 % is left"]);
    await spend(task.taskId, 3);
    await spend(task.taskId, 5);
    expect((await told()).slice(2)).toEqual(["Tank: less than 5 % is left", "Tank is empty"]);
    await topUp("50");
    await spend(task.taskId, 41);
    expect((await told()).slice(4)).toEqual(["Tank: less than 20 % is left"]);
    await spend(task.taskId, 9);
    expect((await told()).slice(5)).toEqual(["Tank is empty"]);
  });

  it("a person's own one counts what is booked to that person, and concerns nobody else", async () => {
    const { alice, bob } = queue.test;
    const task = await runningTask(queue);
    await topUp("2", { member: alice.userId });
    await topUp("2", { member: bob.userId });
    await spend(task.taskId, 2);
    expect(await balance()).toMatchObject({
      workspace: null,
      personal: { memberId: alice.userId, balance: "0", empty: true },
      members: [{ memberName: "Alice" }, { memberName: "Bob", balance: "2" }],
    });
    expect(await balance(bob)).toMatchObject({
      personal: { memberName: "Bob", balance: "2" },
      members: [],
    });
    expect(await told(bob)).toEqual([]);
    expect(await told()).toEqual(["Tank of Alice is empty"]);
    await expect(bob.call(tank.entries, { workspace, member: alice.userId })).rejects.toMatchObject(
      { code: "not_found" },
    );
    await expect(
      bob.call(tank.topUp, { workspace, amount: "1", key: "mine", member: bob.userId }),
    ).rejects.toMatchObject({ reason: "role_required" });
    await expect(
      topUp("1", { member: "019a0000-0000-7000-8000-000000000000" }),
    ).rejects.toMatchObject({ reason: "tank.member_unknown" });
  });

  it("says how fast it burns and when it is empty", async () => {
    const task = await runningTask(queue);
    await topUp("100");
    for (let quarter = 0; quarter < 8; quarter += 1) {
      await spend(task.taskId, 2);
      queue.test.advance(15 * minuteMs);
    }
    const state = await ofWorkspace();
    expect(state.burn.hours).toBeGreaterThan(2);
    expect(state.burn.hours).toBeLessThan(2.3);
    expect(Number(state.burn.perHour)).toBeCloseTo(16 / state.burn.hours, 3);
    const leftMs = Date.parse(state.emptyAt ?? "") - queue.test.now().getTime();
    expect(leftMs / 3_600_000).toBeCloseTo(84 / (16 / state.burn.hours), 1);
  });

  it("is no budget of the list, and cannot be changed or ended as one", async () => {
    await topUp("10");
    const { items } = await queue.test.alice.call(budgets.list, { workspace });
    expect(items).toEqual([]);
    const [row] = await queue.rows((sql) => sql<{ id: string }[]>`select id from budgets`);
    const budgetId = row?.id as never;
    const { alice } = queue.test;
    for (const call of [
      () => alice.call(budgets.get, { workspace, budgetId }),
      () => alice.call(budgets.archive, { workspace, budgetId }),
      () => alice.call(budgets.raise, { workspace, budgetId, by: "5" }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(
      alice.call(tank.settings, { workspace, action: "stop", member: queue.test.bob.userId }),
    ).rejects.toMatchObject({ reason: "tank.not_filled" });
  });

  it("INV-77 nothing is lost or counted twice while runs report and people pay in at once", async () => {
    const running: ClaimedTask[] = [];
    for (let place = 0; place < 6; place += 1)
      running.push(await runningTask(queue, `Run ${place}`));
    await topUp("1000");
    await Promise.all([
      ...Array.from({ length: 30 }, (_, place) =>
        spend(running[place % running.length]?.taskId as TaskId, 0.25),
      ),
      ...Array.from({ length: 6 }, () => topUp("10")),
    ]);
    expect(await ofWorkspace()).toMatchObject({
      filled: "1060",
      spent: "7.5",
      balance: "1052.5",
    });
  });
});
