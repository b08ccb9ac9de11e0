import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import type { DaemonId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import { usageEvents } from "@headcount/contract/usage/event-routes";
import { usage } from "@headcount/contract/usage/routes";
import { setWorkspace, type Transaction } from "../../platform/database.ts";
import { addRuntime } from "../../testing/add-runtime.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { bookUsage } from "./book-usage.ts";
import { book, readPivots, type RecordToReport, usageOf } from "./usage.fixture.ts";

describe("bookUsage", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("stores once, whatever is repeated", async () => {
    const task = await addTask(test);
    const record = usageOf(task, { input: 100, output: 20 });
    expect(await book(test, [record, record])).toEqual([
      { result: "stored", reason: null },
      { result: "duplicate", reason: null },
    ]);
    expect(await book(test, [record])).toEqual([{ result: "duplicate", reason: null }]);
  });

  it("answers each record for itself", async () => {
    const task = await addTask(test);
    const results = await book(test, [
      usageOf(task, { key: "good", input: 1 }),
      usageOf(task, { key: "negative", input: -1 }),
      usageOf(task, { key: "fraction", input: 1.5 }),
      usageOf(task, { key: "nan", input: Number.NaN }),
      usageOf(task, { key: "huge", input: 10_000_000_001 }),
      usageOf(task, { key: "future", input: 1, ageMs: -3_600_000 }),
      usageOf(task, { key: "lease", input: 1, lease: 2 }),
      usageOf({ id: test.app.services.newId() }, { key: "unknown", input: 1 }),
      usageOf(task, { key: "nul\u0000", input: 1, raw: { text: "\u0000" } }),
      usageOf(task, { key: "cost", input: 1, reportedCostUsd: "1e60" }),
      usageOf(task, { key: "last", input: 1 }),
    ]);
    expect(results.map((result) => result.reason ?? result.result)).toEqual([
      "stored",
      "count_negative",
      "count_fractional",
      "count_not_a_number",
      "count_too_large",
      "time_in_future",
      "lease_unknown",
      "task_unknown",
      "stored",
      "cost_too_large",
      "stored",
    ]);
  });

  it("moves by the increase of a running total, whatever the order of delivery", async () => {
    const task = await addTask(test);
    const total = (input: number) => usageOf(task, { key: "sum", cumulative: true, input });
    expect(await resultsOf([total(100), total(250)])).toEqual(["stored", "corrected"]);
    expect(await resultsOf([total(180), total(250), total(400)])).toEqual([
      "duplicate",
      "duplicate",
      "corrected",
    ]);
    const sums = await usedBy(task);
    expect(sums.total).toMatchObject({ events: 1, tokens: { input: 400 }, costUsd: "0.0004" });
  });

  it("replaces the figures when the source corrects itself, and keeps what it said before", async () => {
    const task = await addTask(test);
    const say = (revision: number, output: number) => usageOf(task, { key: "c", revision, output });
    expect(await resultsOf([say(0, 500), say(1, 90)])).toEqual(["stored", "corrected"]);
    expect(await resultsOf([say(0, 500), say(1, 91)])).toEqual(["duplicate", "values_conflict"]);
    expect((await usedBy(task)).total.tokens.output).toBe(90);
    const [kept] = await rowsOf<{ previous: { tokens: { output: string } } }>(
      (tx) => tx`select previous from usage_corrections`,
    );
    expect(kept?.previous.tokens.output).toBe("500");
  });

  it("remembers a revision that changes no figure", async () => {
    const task = await addTask(test);
    const say = (revision: number) => usageOf(task, { key: "r", revision, output: 5 });
    expect(await resultsOf([say(0), say(1)])).toEqual(["stored", "corrected"]);
    expect(await resultsOf([say(1), say(0)])).toEqual(["duplicate", "duplicate"]);
  });

  it("keeps what a running total has grown by where it was used, to the second", async () => {
    const task = await addTask(test, { startedAt: new Date(test.now().getTime() - 60_000) });
    const at = (secondsAgo: number, input: number) =>
      usageOf(task, { key: "calls", cumulative: true, input, ageMs: secondsAgo * 1_000 });
    await book(test, [at(40, 100), at(30, 250), at(30, 260), at(10, 1_000)]);
    expect(await partsOf(task.id)).toEqual(["100", "160", "740"]);
    const calls = await test.alice.call(usageEvents.ofTask, { workspace: "acme", taskId: task.id });
    const begunMs = Date.parse(calls.items[0]?.usedAt ?? "");
    expect(
      calls.items.map(({ usedAt, tokens }) => [Date.parse(usedAt) - begunMs, tokens.total]),
    ).toEqual([
      [0, 100],
      [10_000, 160],
      [30_000, 740],
    ]);
    expect((await readPivots(test, [task.issueId])).differences).toEqual([]);
  });

  it("keeps the increases of a very long run by the minute, each of them once", async () => {
    const task = await addTask(test, { startedAt: new Date(test.now().getTime() - 2 * hourMs) });
    await rowsOf((tx) => tx`update workspaces set created_at = created_at - interval '1 day'`);
    const seconds = 1_100;
    const records = Array.from({ length: seconds }, (_, second) =>
      usageOf(task, {
        key: "long",
        cumulative: true,
        input: second + 1,
        ageMs: (seconds - second) * 1_000,
      }),
    );
    for (let from = 0; from < seconds; from += 500) {
      await book(test, records.slice(from, from + 500));
    }
    const parts = await partsOf(task.id);
    expect(parts.reduce((sum, input) => sum + Number(input), 0)).toBe(seconds);
    expect(parts.length).toBeGreaterThanOrEqual(1_000);
    expect(parts.length).toBeLessThan(1_010);
    expect((await readPivots(test, [task.issueId])).differences).toEqual([]);
  });

  it("collapses a corrected running total into the bucket where it began", async () => {
    const task = await addTask(test, { startedAt: new Date(test.now().getTime() - 4 * hourMs) });
    const total = (input: number, hoursAgo: number, revision = 0) =>
      usageOf(task, { key: "t", cumulative: true, input, revision, ageMs: hoursAgo * hourMs });
    // Everything that is booked before the workspace was made is refused.
    await rowsOf((tx) => tx`update workspaces set created_at = created_at - interval '1 day'`);
    expect(await resultsOf([total(10, 3), total(30, 1), total(60, 0)])).toEqual([
      "stored",
      "corrected",
      "corrected",
    ]);
    expect(await partsOf(task.id)).toEqual(["10", "20", "30"]);
    expect(await resultsOf([total(45, 0, 1)])).toEqual(["corrected"]);
    expect(await partsOf(task.id)).toEqual(["45"]);
    expect((await readPivots(test, [task.issueId])).differences).toEqual([]);
  });

  it("keeps two models of one task apart and counts one task", async () => {
    const task = await addTask(test, { status: "completed" });
    await book(test, [
      usageOf(task, { key: "a", input: 10 }),
      usageOf(task, { key: "b", input: 5, provider: "acme", model: "other" }),
      usageOf(task, { key: "c", input: 7, provider: null, model: "nameless" }),
    ]);
    const { byModel } = await usedBy(task);
    expect(byModel.map((row) => [row.provider, row.model, row.usage.tokens.input])).toEqual([
      ["headcount", "headcount/tutorial", 10],
      ["unknown", "nameless", 7],
      ["acme", "other", 5],
    ]);
    const { tasks } = await test.alice.call(usage.summary, { workspace: "acme", days: 1 });
    expect(tasks).toBe(1);
  });

  it("counts what was billed, else its own price, else what the CLI estimates", async () => {
    const task = await addTask(test);
    const cost = async (record: RecordToReport): Promise<string | null> => {
      const own = await addTask(test, { agentId: task.agentId });
      await book(test, [usageOf(own, { input: 1_000, ...record })]);
      return (await usedBy(own)).total.costUsd;
    };
    const unknown = { provider: "acme", model: "unheard-of" };
    expect(await cost({ reportedCostUsd: "0.5", reportedCostBasis: "billed" })).toBe("0.5");
    expect(await cost({ reportedCostUsd: "0.5", reportedCostBasis: "estimated" })).toBe("0.001");
    expect(await cost({ ...unknown, reportedCostUsd: "0.5", reportedCostBasis: "estimated" })).toBe(
      "0.5",
    );
    expect(await cost(unknown)).toBeNull();
    expect((await readPivots(test, [task.issueId])).differences).toEqual([]);
  });

  it("books to the task's beginning what claims to be older", async () => {
    const startedAt = new Date(test.now().getTime() - 60_000);
    const task = await addTask(test, { startedAt });
    await book(test, [usageOf(task, { input: 1, ageMs: 86_400_000 })]);
    const [row] = await rowsOf<{ usedAt: Date }>(
      (tx) =>
        tx`select e.used_at from usage_events e join usage_meters m on m.id = e.meter_id where m.task_id = ${task.id}`,
    );
    expect(row?.usedAt).toEqual(startedAt);
  });

  it("takes usage of a task only from a machine that has or had it", async () => {
    const machine = await addRuntime(test, { ownerId: test.alice.userId });
    const stranger = await addRuntime(test, { ownerId: test.bob.userId });
    const task = await addTask(test, { runtimeId: machine.id });
    await rowsOf(
      (tx) => tx`update tasks set daemon_id = ${machine.daemonId} where id = ${task.id}`,
    );
    const from = async (daemonId: DaemonId, key: string) => {
      const record = { ...usageOf(task, { key, input: 1 }), reportedBy: daemonId };
      const [result] = await book(test, [record]);
      return result?.reason ?? result?.result;
    };
    expect(await from(machine.daemonId, "a")).toBe("stored");
    expect(await from(stranger.daemonId, "b")).toBe("task_of_other_machine");
  });

  it("says once per task what was booked, and nothing about repetitions", async () => {
    const tasks = [await addTask(test), await addTask(test)];
    const records = tasks.flatMap((task) => [
      usageOf(task, { key: "a", input: 1 }),
      usageOf(task, { key: "b", input: 1 }),
    ]);
    const before = await booked();
    await book(test, records);
    expect((await booked()) - before).toBe(2);
    await book(test, records);
    expect((await booked()) - before).toBe(2);
  });

  it("lets the rows of an issue follow it into another project", async () => {
    const task = await addTask(test);
    await book(test, [usageOf(task, { input: 5 })]);
    const { id: projectId } = await test.alice.call(projects.create, {
      workspace: "acme",
      title: "Moved here",
    });
    await test.alice.call(issues.update, { workspace: "acme", issue: task.issueId, projectId });
    const [row] = await rowsOf<{ projectId: string }>(
      (tx) => tx`select project_id from usage_meters where task_id = ${task.id}`,
    );
    expect(row?.projectId).toBe(projectId);
    await book(test, [usageOf(task, { key: "2", input: 5 })]);
    const rows = await rowsOf<{ projectId: string }>(
      (tx) => tx`select distinct project_id from usage_meters where task_id = ${task.id}`,
    );
    expect(rows).toHaveLength(1);
  });

  it("takes a handful of statements for a thousand records", async () => {
    const task = await addTask(test);
    const records = Array.from({ length: 1_000 }, (_, index) =>
      usageOf(task, { key: `k${index}`, input: index + 1, model: `m${index % 3}` }),
    );
    const statementsOf = async (batch: typeof records): Promise<number> => {
      const count = { statements: 0 };
      await test.app.runner.inWorkspace({
        workspaceId: test.workspaceId,
        mode: "write",
        request: { ipPrefix: null, userAgent: "" },
        resolveActor: async () => ({ kind: "system", job: "test" }) as const,
        run: (ctx) => bookUsage({ ...ctx, sql: counting(ctx.sql, count) }, batch),
      });
      return count.statements;
    };
    const forOne = await statementsOf(records.slice(0, 1));
    expect(await statementsOf(records)).toBe(forOne);
    expect(forOne).toBeLessThanOrEqual(17);
  });

  const hourMs = 3_600_000;

  async function resultsOf(records: Parameters<typeof book>[1]): Promise<string[]> {
    return (await book(test, records)).map((result) => result.reason ?? result.result);
  }

  function usedBy(task: AddedTask) {
    return test.alice.call(usage.task, { workspace: "acme", taskId: task.id });
  }

  async function partsOf(taskId: string): Promise<string[]> {
    const rows = await rowsOf<{ input: string }>(
      (tx) =>
        tx`select e.input from usage_events e join usage_meters m on m.id = e.meter_id where m.task_id = ${taskId} order by e.used_at`,
    );
    return rows.map((row) => row.input);
  }

  async function booked(): Promise<number> {
    const rows = await rowsOf<{ seq: string }>(
      (tx) => tx`select seq from changes where type = 'usage.booked'`,
    );
    return rows.length;
  }

  async function rowsOf<Row extends object>(
    run: (tx: Transaction) => PromiseLike<readonly object[]>,
  ): Promise<Row[]> {
    const rows = await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      return [...(await run(tx))];
    });
    return rows as Row[];
  }
});

/** Counts statements that are sent; fragments are not awaited and so are not counted. */
function counting(sql: Transaction, count: { statements: number }): Transaction {
  return new Proxy(sql, {
    apply(target, self, args: unknown[]) {
      const query = Reflect.apply(target as never, self, args) as PromiseLike<unknown>;
      const then = query.then.bind(query);
      let isCounted = false;
      return Object.assign(query, {
        // oxlint-disable-next-line unicorn/no-thenable -- a query is one, and being awaited sends it
        then: (...handlers: Parameters<typeof then>) => {
          if (!isCounted) count.statements += 1;
          isCounted = true;
          return then(...handlers);
        },
      });
    },
  });
}
