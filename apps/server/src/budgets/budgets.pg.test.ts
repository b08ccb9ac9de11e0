import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { budgets } from "@headcount/contract/budgets/routes";
import { projects } from "@headcount/contract/projects/routes";
import { createQueueTest, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { addTask } from "../testing/add-task.ts";
import { getBudget, setBudget, spend } from "./budgets.fixture.ts";

describe("setting and changing budgets", () => {
  let queue: QueueTest;
  beforeAll(async () => {
    queue = await createQueueTest({ startsAt: new Date("2026-11-22T10:00:00Z") });
  });
  afterAll(() => queue[Symbol.asyncDispose]());

  const refused = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => "done",
      (error: { code: string; reason: string }) => [error.code, error.reason],
    );

  it("begins with what the books already say, and the preview said the same", async () => {
    const task = await addTask(queue.test);
    await spend(queue, { taskId: task.id }, 42);
    const about = { scope: "agent", subject: task.agentId, window: { kind: "day" } } as const;
    const preview = await queue.test.alice.call(budgets.preview, { workspace, ...about });
    expect(preview).toMatchObject({ spent: "0.42", spentBefore: "0", runningTasks: 1 });
    const budget = await setBudget(queue, { ...about, limit: "0.5" });
    expect(budget.status).toMatchObject({
      spent: "0.42",
      remaining: "0.08",
      percent: 84,
      state: "near",
      thresholdsReached: [50, 80],
      windowStartsAt: "2026-11-22T00:00:00.000Z",
      resetsAt: "2026-11-23T00:00:00.000Z",
    });
  });

  it("is for admins and owners; members see what concerns them", async () => {
    const { bob, alice, addPerson } = queue.test;
    const carol = await addPerson("Carol", "admin");
    const own = await setBudget(queue, { scope: "member", subject: bob.userId, name: "Bob's" });
    const hers = await setBudget(queue, { scope: "member", subject: alice.userId, name: "Hers" });
    const secret = await alice.call(agents.create, { workspace, name: "Secret" });
    const closed = await setBudget(queue, { scope: "agent", subject: secret.id, name: "Closed" });
    const seen = async (person: typeof bob): Promise<string[]> =>
      (await person.call(budgets.list, { workspace })).items.map((budget) => budget.id);
    expect(await seen(bob)).toContain(own.id);
    expect(await seen(bob)).not.toContain(hers.id);
    expect(await seen(bob)).not.toContain(closed.id);
    expect(await seen(carol)).toEqual(expect.arrayContaining([own.id, hers.id, closed.id]));
    expect(await refused(bob.call(budgets.get, { workspace, budgetId: hers.id }))).toEqual([
      "not_found",
      "budget.not_found",
    ]);
    const raise = { workspace, budgetId: own.id, by: "1" };
    expect(await refused(bob.call(budgets.raise, raise))).toEqual(["forbidden", "role_required"]);
    expect((await carol.call(budgets.raise, raise)).limit).toBe("2");
  });

  it("keeps who changed what and when, in its history and in the audit log", async () => {
    const { alice } = queue.test;
    const { id: budgetId } = await setBudget(queue, { name: "Kept" });
    await alice.call(budgets.update, { workspace, budgetId, action: "stop", name: "Kept" });
    await alice.call(budgets.raise, { workspace, budgetId, to: "3", note: "Release" });
    await alice.call(budgets.archive, { workspace, budgetId });
    const { items } = await alice.call(budgets.history, { workspace, budgetId });
    expect(items.map((event) => [event.kind, event.actor.name, event.note])).toEqual([
      ["archived", "Alice", ""],
      ["raised", "Alice", "Release"],
      ["updated", "Alice", ""],
      ["created", "Alice", ""],
    ]);
    expect(items[1]?.changed).toEqual([{ member: "limit", before: "1", after: "3" }]);
    expect(items[2]?.changed).toEqual([{ member: "action", before: "hold", after: "stop" }]);
    const audited = await queue.rows(
      (sql) => sql<{ action: string }[]>`
        select action from audit_entries where target = ${budgetId} order by id`,
    );
    expect(audited.map((entry) => entry.action)).toEqual([
      "budget.created",
      "budget.updated",
      "budget.raised",
      "budget.archived",
    ]);
    const again = alice.call(budgets.raise, { workspace, budgetId, by: "1" });
    expect(await refused(again)).toEqual(["conflict", "budget.archived"]);
  });

  it("a change that changes nothing writes nothing, an older revision is refused", async () => {
    const { alice } = queue.test;
    const budget = await setBudget(queue, { name: "Same" });
    const { id: budgetId, revision } = budget;
    await alice.call(budgets.update, { workspace, budgetId, limit: "1.00", name: "Same" });
    expect((await getBudget(queue, budget)).revision).toBe(revision);
    await alice.call(budgets.update, { workspace, budgetId, limit: "2" });
    const stale = alice.call(budgets.update, { workspace, budgetId, revision, limit: "9" });
    expect(await refused(stale)).toEqual(["conflict", "budget.revision_changed"]);
  });

  it("says why settings make no sense", async () => {
    const { id } = await queue.test.alice.call(projects.create, { workspace, title: "One" });
    const reasonOf = async (setting: Parameters<typeof setBudget>[1]): Promise<unknown> =>
      ((await refused(setBudget(queue, setting))) as unknown[])[1];
    expect(await reasonOf({ scope: "project" })).toBe("budget.subject_needed");
    expect(await reasonOf({ scope: "workspace", subject: id })).toBe("budget.subject_needed");
    expect(await reasonOf({ scope: "agent", subject: id })).toBe("budget.subject_unknown");
    expect(await reasonOf({ scope: "issue", subject: "not a key" })).toBe("budget.subject_unknown");
    expect(await reasonOf({ unit: "tokens", limit: "1.5" })).toBe("budget.whole_numbers");
    expect(await reasonOf({ unit: "tasks", action: "stop" })).toBe("budget.stop_needs_spend");
    const { id: budgetId } = await setBudget(queue, { name: "Low" });
    const raise = queue.test.alice.call(budgets.raise, { workspace, budgetId, to: "0.5" });
    expect(await refused(raise)).toEqual(["invalid", "budget.not_higher"]);
  });

  it("another window counts anew from the books", async () => {
    const task = await addTask(queue.test);
    await spend(queue, { taskId: task.id }, 10);
    const budget = await setBudget(queue, { scope: "agent", subject: task.agentId, limit: "5" });
    const updated = await queue.test.alice.call(budgets.update, {
      workspace,
      budgetId: budget.id,
      window: { kind: "rolling_5h" },
    });
    expect(updated.status.spent).toBe("0.1");
    queue.test.advance(6 * 60 * 60_000);
    expect((await getBudget(queue, budget)).status.spent).toBe("0");
  });
});
