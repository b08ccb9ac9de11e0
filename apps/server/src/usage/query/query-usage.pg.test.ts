import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import { usageDimensions } from "@headcount/contract/usage/query-words";
import type { TestPerson } from "../../testing/test-app.ts";
import { askBooks, type Asked, makeKeptBooks, tableOf } from "./ask-books.fixture.ts";
import type { Books } from "./books.fixture.ts";

const workspace = "acme";

describe("answers about usage", () => {
  let books: Books;
  beforeAll(async () => {
    books = await makeKeptBooks();
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  const ask = (asked: Asked, person?: TestPerson): Promise<UsageQueryReply> =>
    askBooks(books, asked, person);

  it("never counts a task twice, whatever its models, and knows why tasks failed", async () => {
    const reply = await ask({
      group_by: "failure_class",
      metrics: "tasks,failures,tasks_done,tasks_started,active_agents",
    });
    expect(tableOf(reply)).toEqual([
      ["No failure", 1, 0, 1, 2, 2],
      ["timeout", 1, 1, 0, 1, 0],
    ]);
    const byModel = await ask({ group_by: "model", metrics: "tasks,tokens" });
    expect(byModel.totals).toEqual({ tasks: 2, tokens: 4_022 });
    expect(byModel.rows).toHaveLength(2);
  });

  it("shows cost that is billed, notional and unknown apart", async () => {
    const reply = await ask({ group_by: "provider", metrics: "cost,notional,unpriced_tokens" });
    expect(tableOf(reply)).toEqual([
      ["headcount", expect.any(String), "0.0005", 0],
      ["acme", null, null, 11],
    ]);
  });

  it("folds what the limit leaves out into one row, and orders as asked", async () => {
    const limited = await ask({ group_by: "issue", limit: 1, metrics: "tokens" });
    expect(tableOf(limited)).toEqual([
      ["ACME-1 · =Inside", 3_202],
      ["Other", 820],
    ]);
    expect(limited.rows[1]?.keys[0]).toMatchObject({ kind: "other", value: null });
    const turned = await ask({ group_by: "agent", order: "tokens", metrics: "tokens" });
    expect(tableOf(turned).map(([label]) => label)).toEqual(["Open", "Unmanaged sessions", "Ada"]);
    const named = await ask({ group_by: "agent", order: "key", metrics: "tokens" });
    expect(tableOf(named).map(([label]) => label)).toEqual(["Ada", "Open", "Unmanaged sessions"]);
  });

  it("INV-84 makes one row of what is closed to the viewer, and tells nothing else about it", async () => {
    const { bob } = books.test;
    const theirs = await ask({ group_by: "agent", metrics: "tokens,tasks" }, bob);
    expect(tableOf(theirs)).toEqual([
      ["Private agents", 3_160, 1],
      ["Unmanaged sessions", 500, 0],
      ["Open", 362, 1],
    ]);
    const machines = await ask({ group_by: "runtime", metrics: "tokens" }, bob);
    expect(tableOf(machines)).toEqual([
      ["Private runtimes", 3_160],
      ["No runtime", 500],
      ["server · claude", 362],
    ]);
    for (const dimension of usageDimensions) {
      const mine = await ask({ group_by: dimension, metrics: "tokens,tasks" });
      const reply = await ask({ group_by: dimension, metrics: "tokens,tasks" }, bob);
      expect([dimension, reply.totals]).toEqual([dimension, mine.totals]);
    }
    const { ids } = books;
    for (const filter of [
      { agent: ids.ada },
      { agent: crypto.randomUUID() },
      { runtime: ids.adaRuntime },
    ]) {
      await expect(ask(filter, bob)).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await ask({ agent: "Ada", metrics: "tokens" }, bob)).totals.tokens).toBe(0);
    expect((await ask({ agent: ids.open, metrics: "tokens" }, bob)).totals.tokens).toBe(362);
    await expect(
      bob.call(usageQueries.runtime, { workspace, runtimeId: ids.adaRuntime as never }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("answers the views of a runtime, of agents and of hours with one total", async () => {
    const { alice } = books.test;
    const { ids } = books;
    const tz = "Europe/Berlin";
    const runtime = await alice.call(usageQueries.runtime, {
      workspace,
      runtimeId: ids.sharedRuntime as never,
      tz,
    });
    expect(runtime.days).toHaveLength(90);
    expect(runtime.total.tokens.total).toBe(362);
    expect(runtime.byAgent.map((one) => [one.name, one.tasks, one.runTimeMs])).toEqual([
      ["Open", 1, 1_017_840_000],
    ]);
    expect(runtime.hours[19]?.usage.tokens.total).toBe(320);
    expect(runtime.asOf).toMatch(/^2026-11-05T15:02:00/);
    const activity = await alice.call(usageQueries.activity, { workspace, tz });
    expect(activity.cells).toHaveLength(168);
    const twice = activity.cells.find((cell) => cell.weekday === 7 && cell.hour === 2);
    expect(twice?.usage.tokens.total).toBe(3_005);
    const sum = activity.cells.reduce((all, cell) => all + Number(cell.usage.tokens.total), 0);
    expect(sum).toBe(activity.total.tokens.total);
    const hours = await alice.call(usageQueries.byHour, { workspace, tz, agent: "Ada" });
    expect(hours.total.tokens.total).toBe(3_160);
    const shares = await alice.call(usageQueries.byAgent, { workspace, project: "Website" });
    expect(shares.agents.map((one) => one.name)).toEqual(["Ada", "Open"]);
  });
});
