import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { usageImport } from "@headcount/contract/usage/import-routes";
import type { ImportRecord } from "@headcount/contract/usage/import-schemas";
import { usage } from "@headcount/contract/usage/routes";
import { createTestApp, type TestApp, type TestPerson } from "../../testing/test-app.ts";
import { createTestMachine } from "../../testing/test-machine.ts";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

let serial = 0;

/** A call that nobody else in this file makes, a day ago. */
function callOf(more: Partial<ImportRecord> = {}): ImportRecord {
  serial += 1;
  return {
    key: `claude:msg_${serial}:req`,
    sessionId: `session-${serial}`,
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    role: "main",
    usedAt: new Date(app.now().getTime() - 86_400_000).toISOString(),
    cumulative: false,
    revision: 53,
    input: 1_000,
    cacheRead: 200,
    cacheWrite5m: 30,
    cacheWrite1h: 4,
    output: 53,
    reasoning: 7,
    reportedCostUsd: null,
    reportedCostBasis: null,
    billing: "api",
    ...more,
  };
}

async function bring(person: TestPerson, records: readonly unknown[]): Promise<string[]> {
  const { results } = await person.call(usageImport.import, {
    workspace: "acme",
    cli: "claude",
    records: records as ImportRecord[],
  });
  return results.map(({ result, reason }) => (reason === null ? result : `${result}: ${reason}`));
}

async function totals(): Promise<{ tokens: number; events: number; costUsd: string | null }> {
  const { total } = await app.alice.call(usage.daily, { workspace: "acme", days: 365 });
  return { tokens: Number(total.tokens.total), events: total.events, costUsd: total.costUsd };
}

async function added(work: () => Promise<unknown>): Promise<{ tokens: number; events: number }> {
  const before = await totals();
  await work();
  const after = await totals();
  return { tokens: after.tokens - before.tokens, events: after.events - before.events };
}

/** Runs a task whose CLI works in two sessions, one after the other. */
async function runTask(sessionIds: readonly [string, string]): Promise<void> {
  const machine = await createTestMachine(app, app.alice);
  const agent = await app.alice.call(agents.create, {
    workspace: "acme",
    name: "Ada",
    runtimeId: machine.runtimeId,
  });
  await app.alice.call(issues.create, {
    workspace: "acme",
    title: "Work",
    assignee: { type: "agent", id: agent.id },
  });
  const [task] = await machine.claim();
  if (!task) throw new Error("nothing was claimed");
  await machine.start(task);
  const head = { workspaceId: task.workspaceId, taskId: task.taskId, lease: task.lease };
  const [first, second] = sessionIds;
  const body = { sessionId: first, workDirectory: "/w" };
  await machine.send([{ ...head, sequence: 1, kind: "session", body }]);
  await machine.finish(task, { sessionId: second });
}

describe("bringing in usage of sessions that Headcount did not start", () => {
  it("books each call once, however often and in whatever batch it is sent", async () => {
    const [first, second] = [callOf(), callOf()];
    expect(await added(() => bring(app.bob, [first, second, first]))).toEqual({
      tokens: 2 * 1_287,
      events: 2,
    });
    expect(await bring(app.bob, [second, first])).toEqual(["duplicate", "duplicate"]);
    expect(await bring(app.alice, [first])).toEqual(["duplicate"]);
  });

  it("books a call once that another session's file repeats, also under another time", async () => {
    const call = callOf();
    const fork = { ...call, sessionId: "a-fork" };
    const copied = { ...fork, usedAt: new Date(app.now().getTime() - 1_000).toISOString() };
    const later = {
      ...fork,
      usedAt: new Date(app.now().getTime() - 80 * 86_400_000).toISOString(),
    };
    expect(await added(() => bring(app.bob, [call]))).toMatchObject({ events: 1 });
    expect(await bring(app.bob, [fork, copied, later])).toEqual(Array(3).fill("duplicate"));
  });

  it("corrects a call of which more has become known, and never goes back", async () => {
    const whole = callOf();
    const begun = { ...whole, output: 1, reasoning: 0, revision: 1 };
    expect(await bring(app.bob, [begun])).toEqual(["stored"]);
    expect(await added(() => bring(app.bob, [whole]))).toEqual({ tokens: 52, events: 0 });
    expect(await bring(app.bob, [begun])).toEqual(["duplicate"]);
  });

  it("answers for each record by itself", async () => {
    const answers = await bring(app.bob, [
      callOf(),
      callOf({ input: -1 }),
      callOf({ input: 0.5 }),
      callOf({ output: 1e15 }),
      { ...callOf(), input: "many" },
      callOf({ usedAt: "yesterday" }),
      callOf({ usedAt: "2035-01-01T00:00:00Z" }),
      callOf({ usedAt: "1999-01-01T00:00:00Z" }),
      { ...callOf(), role: "boss" },
      null,
      "nothing",
      callOf(),
    ]);
    expect(answers).toEqual([
      "stored",
      "rejected: count_negative",
      "rejected: count_fractional",
      "rejected: count_too_large",
      "rejected: count_not_a_number",
      "rejected: time_invalid",
      "rejected: time_in_future",
      "rejected: time_before_workspace",
      "rejected: record_malformed",
      "rejected: record_malformed",
      "rejected: record_malformed",
      "stored",
    ]);
  });

  it("takes years of history, in months that nobody has booked in before", async () => {
    const old = ["2023-02-28T23:59:59Z", "2024-02-29T12:00:00+05:45", "2025-12-31T23:00:00Z"];
    expect(
      await bring(
        app.bob,
        old.map((usedAt) => callOf({ usedAt })),
      ),
    ).toEqual(Array(3).fill("stored"));
    const { differences } = await app.alice.call(usage.verify, { workspace: "acme" });
    expect(differences).toEqual([]);
  });

  it("keeps what a plan pays for apart from what is billed", async () => {
    const before = await totals();
    await bring(app.bob, [callOf({ billing: "subscription" })]);
    const after = await totals();
    expect(after.tokens).toBeGreaterThan(before.tokens);
    expect(after.costUsd).toBe(before.costUsd);
  });

  it("belongs to nobody's agent and to no task", async () => {
    await bring(app.bob, [callOf()]);
    const {
      total,
      byAgent,
      tasks: count,
    } = await app.alice.call(usage.summary, {
      workspace: "acme",
      days: 365,
    });
    expect(count).toBe(0);
    const sum = byAgent.reduce((tokens, row) => tokens + Number(row.usage.tokens.total), 0);
    expect(sum).toBe(Number(total.tokens.total));
    expect(byAgent.filter(({ agentId }) => agentId !== null)).toEqual([]);
  });

  it("says that something was brought in, and nothing when nothing was", async () => {
    const call = callOf();
    const { cursor } = await app.alice.call(changes.cursor, { workspace: "acme" });
    await bring(app.bob, [call]);
    const heard = async (): Promise<readonly string[]> => {
      const page = await app.alice.call(changes.poll, { workspace: "acme", after: cursor });
      return page.items.map(({ type }) => type);
    };
    expect(await heard()).toEqual(["usage.imported"]);
    await bring(app.bob, [call]);
    expect(await heard()).toEqual(["usage.imported"]);
  });

  it("is for people of the workspace", async () => {
    const records = [callOf()];
    const input = { workspace: "acme", cli: "claude", records } as const;
    await expect(app.callAs(null, usageImport.import, input)).rejects.toMatchObject({
      status: 401,
    });
    await expect(
      app.bob.call(usageImport.import, { ...input, workspace: "elsewhere" }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it("refuses more than a thousand records at once, and nothing is booked", async () => {
    const records = Array.from({ length: 1_001 }, () => callOf());
    await expect(bring(app.bob, records)).rejects.toMatchObject({ status: 422 });
  });

  it("refuses calls of sessions that tasks have run in, whichever of a task's sessions it was", async () => {
    await runTask(["first-try", "second-try"]);
    const records = [
      callOf({ sessionId: "first-try" }),
      callOf(),
      callOf({ sessionId: "second-try" }),
    ];
    expect(await bring(app.bob, records)).toEqual([
      "rejected: managed_session",
      "stored",
      "rejected: managed_session",
    ]);
  });

  it("two people who bring the same calls at once end in one ledger", async () => {
    const records = Array.from({ length: 60 }, () => callOf());
    const both = async (): Promise<unknown> =>
      Promise.all([bring(app.bob, records), bring(app.alice, records.toReversed())]);
    expect(await added(both)).toEqual({ tokens: 60 * 1_287, events: 60 });
  });
});
