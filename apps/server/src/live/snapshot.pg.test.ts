import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import { live } from "@headcount/contract/live/routes";
import { prices } from "@headcount/contract/usage/price-routes";
import { type Metrics, noMetrics } from "../metrics/metrics.ts";
import { markRuntimes } from "../runtimes/mark-runtimes.ts";
import { addRuntime } from "../testing/add-runtime.ts";
import { addTask, type AddedTask } from "../testing/add-task.ts";
import { asSystem } from "../testing/as-system.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { book, usageOf } from "../usage/ledger/usage.fixture.ts";

const workspace = "acme";

let test: TestApp;
/** How many looks were done together, time after time. */
const groups: number[] = [];
const metrics: Metrics = {
  ...noMetrics,
  observe: (name, value, labels) => {
    if (
      name === "headcount_group_commit_items" &&
      Object.values(labels ?? {}).includes("live.look")
    ) {
      groups.push(value);
    }
  },
};
let open: AddedTask;
let closed: AddedTask;

beforeAll(async () => {
  test = await createTestApp({ metrics });
  const openAgent = await test.alice.call(agents.create, {
    workspace,
    name: "Open",
    access: "workspace",
  });
  const closedAgent = await test.alice.call(agents.create, { workspace, name: "Closed" });
  open = await addTask(test, { agentId: openAgent.id });
  test.advance(1_000);
  closed = await addTask(test, { agentId: closedAgent.id });
  await addTask(test, { agentId: openAgent.id, status: "queued" });
  await book(test, [usageOf(open, { input: 2_000_000 }), usageOf(closed, { input: 500_000 })]);
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const asAlice = () => test.alice.call(live.snapshot, { workspace });
const asBob = () => test.bob.call(live.snapshot, { workspace });

describe("what goes on right now", () => {
  it("tells who is at work on what, for whom and at what cost, and why the rest waits", async () => {
    const { work, queue, gauges } = await asAlice();
    expect(work.items).toMatchObject([
      { id: open.id, agentName: "Open", costUsd: "2", accountable: { name: "Alice" } },
      { id: closed.id, agentName: "Closed", costUsd: "0.5" },
    ]);
    expect(queue.items).toMatchObject([{ status: "queued", waiting: { code: "no_runtime" } }]);
    expect(gauges.state).toMatchObject({ runningTasks: 2, activeAgents: 2, queueDepth: 1 });
    expect([work.total, queue.total]).toEqual([2, 1]);
  });

  it("keeps closed agents closed, and counts them", async () => {
    const { work, gauges } = await asBob();
    expect(work.items).toMatchObject([
      { agentName: "Open", isPrivate: false },
      { agentName: "Private agent", isPrivate: true, modelUsed: null, activity: null },
    ]);
    expect(gauges.oneMinute.tokens.input).toBe(2_500_000);
  });

  it("counts issues that were closed today, and still are", async () => {
    const closedToday = async () => (await asAlice()).gauges.issuesClosedToday;
    const { issue } = await test.alice.call(issues.create, { workspace, title: "Soon done" });
    expect(await closedToday()).toBe(0);
    const update = (status: "done" | "todo") =>
      test.alice.call(issues.update, { workspace, issue: issue.id, status } as never);
    await update("done");
    expect(await closedToday()).toBe(1);
    await update("todo");
    expect(await closedToday()).toBe(0);
  });

  it("tells what happened lately only to those who may know", async () => {
    const types = async (read: typeof asAlice) =>
      (await read()).activity.map(({ type, agent }) => [type, agent?.name ?? null]);
    expect(await types(asAlice)).toContainEqual(["issue.created", null]);
    const names = (await asBob()).activity.flatMap(({ agent, actor }) => [agent?.name, actor.name]);
    expect(names).not.toContain("Closed");
  });

  it("answers twenty looks at once with few reads, each as if it had been alone", async () => {
    const kinds = [
      () => asAlice(),
      () => asBob(),
      () => test.bob.call(live.snapshot, { workspace, limit: 1 }),
      () => test.alice.call(live.snapshot, { workspace, tz: "Pacific/Kiritimati" }),
    ];
    // Time goes on between one look and the next.
    const untimed = ({ work, queue, activity, gauges }: Awaited<ReturnType<typeof asAlice>>) => ({
      work,
      queue,
      activity,
      state: gauges.state,
      closedToday: gauges.issuesClosedToday,
    });
    const alone: unknown[] = [];
    for (const look of kinds) alone.push(untimed(await look()));
    const before = groups.length;
    const looks = Array.from({ length: 5 }, () => kinds.map((look) => look()));
    const together = await Promise.all(looks.map((some) => Promise.all(some)));
    for (const answers of together) expect(answers.map(untimed)).toEqual(alone);
    const sizes = groups.slice(before);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(20);
    expect(sizes.length).toBeLessThan(20);
  });

  it("counts in a look what was booked before it was asked for, also while another is under way", async () => {
    let booked = Number((await asAlice()).gauges.oneMinute.tokens.total);
    for (let at = 0; at < 10; at += 1) {
      const before = [asBob(), asAlice()];
      await book(test, [usageOf(open, { key: `late ${at}`, input: 1_000 })]);
      booked += 1_000;
      const [after] = await Promise.all([asAlice(), ...before]);
      expect(Number(after.gauges.oneMinute.tokens.total)).toBe(booked);
    }
  });

  it("refuses strangers, and ranges that make no sense", async () => {
    await expect(test.callAs(null, live.snapshot, { workspace })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    const ask = (from: string, to: string) => test.alice.call(live.series, { workspace, from, to });
    const refusal = { code: "invalid", reason: "live.range" };
    await expect(ask("2026-11-18T10:00:00Z", "2026-11-18T10:00:59Z")).rejects.toMatchObject(
      refusal,
    );
    await expect(ask("2026-11-18T10:00:00.5Z", "2026-11-18T11:00:00Z")).rejects.toMatchObject(
      refusal,
    );
    await expect(ask("2010-11-18T10:00:00Z", "2026-11-18T11:00:00Z")).rejects.toMatchObject(
      refusal,
    );
  });
});

describe("what happened beside the figures", () => {
  const marks = async (person: "alice" | "bob") => {
    const nowMs = Math.floor(test.now().getTime() / 1_000) * 1_000;
    const reply = await test[person].call(live.series, {
      workspace,
      from: new Date(nowMs - 3_600_000).toISOString(),
      to: new Date(nowMs + 60_000).toISOString(),
    });
    return reply.marks.map(({ kind, subject }) => [kind, subject]);
  };

  it("names tasks, prices and machines, each to those who may see it", async () => {
    const runtime = await addRuntime(test, { ownerId: test.alice.userId, machineName: "laptop" });
    await asSystem(test, (ctx) => markRuntimes(ctx, [runtime.id], "offline"));
    await asSystem(test, (ctx) => markRuntimes(ctx, [runtime.id], "online"));
    const rates = {
      input: "1",
      cacheRead: null,
      cacheWrite5m: null,
      cacheWrite1h: null,
      output: "2",
      reasoning: null,
    };
    await test.alice.call(prices.setOverride, {
      workspace,
      provider: "acme",
      model: "large",
      rates,
      note: "agreed",
      endsAt: null,
    } as never);
    const seen = await marks("alice");
    expect(seen).toEqual(
      expect.arrayContaining([
        ["task_started", "Open"],
        ["task_started", "Closed"],
        ["price_changed", "acme/large"],
        ["daemon_lost", expect.stringContaining("laptop")],
        ["daemon_back", expect.stringContaining("laptop")],
      ]),
    );
    const seenByBob = await marks("bob");
    expect(seenByBob).toContainEqual(["task_started", "Private agent"]);
    expect(seenByBob.filter(([kind]) => kind?.startsWith("daemon"))).toEqual([]);
  });
});
