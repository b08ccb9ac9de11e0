import { WaitingReason } from "@headcount/contract/tasks/states";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type WaitingFacts, waitingReasons, type WaitingRuntime } from "./waiting-reasons.ts";

const at = "2026-11-21T10:00:00.000Z";
const runtime: WaitingRuntime = {
  name: "Claude Code on mac",
  machineName: "mac",
  ownerName: "Ann",
  usableByAgent: true,
  health: "online",
  lastSeenAt: at,
  problem: null,
  problemDetail: null,
  repairHint: null,
  slots: { total: 4, free: 2 },
};
const free: WaitingFacts = {
  status: "queued",
  queuedAt: at,
  agent: { name: "Coder", archivedAt: null, activeTasks: 0, maxConcurrentTasks: 6 },
  runtime,
  guard: null,
  budget: null,
  schedule: null,
  quota: null,
  slotTask: null,
  directory: null,
  ahead: null,
  preparing: null,
};
const design = {
  id: "b",
  name: "Design",
  unit: "billed_usd",
  action: "hold",
  spent: "5.01",
  limit: "5",
  standing: "US$5.01 of US$5.00 are used.",
  since: at,
  until: at,
} as const;
const schedule = { fireAt: at, why: "retry" } as const;
const codes = (over: Partial<WaitingFacts>): readonly string[] =>
  waitingReasons({ ...free, ...over }).map((reason) => reason.code);

describe("waitingReasons", () => {
  it("says which budget holds a task, how it stands, when it resets and what to do", () => {
    const [held] = waitingReasons({ ...free, budget: design });
    expect(held).toMatchObject({
      code: "held_by_budget",
      detail: `Held by the budget Design: US$5.01 of US$5.00 are used. It resets at ${at}.`,
      action: 'Raise its limit, or ask an admin to: headcount budget raise "Design"',
      facts: { budget: "Design", spent: "5.01", limit: "5", resetsAt: at, action: "hold" },
    });
  });

  it.each<readonly [Partial<WaitingFacts>, readonly string[]]>([
    [{}, ["ready"]],
    [{ agent: { ...free.agent, archivedAt: at } }, ["agent_archived"]],
    [{ runtime: null }, ["no_runtime"]],
    [{ runtime: { ...runtime, usableByAgent: false } }, ["runtime_not_shared"]],
    [{ guard: { since: at, detail: "Coder used much." } }, ["held_by_guard"]],
    [{ budget: design }, ["held_by_budget"]],
    [{ quota: { provider: "anthropic", account: null, since: at, until: at } }, ["quota_wait"]],
    [{ status: "deferred", schedule }, ["scheduled"]],
    [
      {
        status: "deferred",
        schedule,
        quota: { provider: "anthropic", account: null, since: at, until: at },
        runtime: { ...runtime, health: "offline" },
      },
      ["quota_wait", "scheduled", "runtime_offline"],
    ],
    [{ status: "queued", schedule }, ["ready"]],
    [{ runtime: { ...runtime, health: "offline" } }, ["runtime_offline"]],
    [{ runtime: { ...runtime, health: "recently_lost" } }, ["runtime_offline"]],
    [{ runtime: { ...runtime, problem: "cli_missing" } }, ["runtime_broken"]],
    [{ slotTask: { taskId: "t", since: at } }, ["slot_busy"]],
    [{ agent: { ...free.agent, activeTasks: 6 } }, ["agent_busy"]],
    [{ runtime: { ...runtime, slots: { total: 4, free: 0 } } }, ["machine_full"]],
    [{ directory: { name: "repo", holder: "ACME-1", since: at } }, ["directory_busy"]],
    [{ ahead: { tasks: 2, highestPriority: 4 } }, ["behind_others"]],
    [{ ahead: { tasks: 0, highestPriority: 0 } }, ["ready"]],
    [{ status: "dispatched" }, ["starting"]],
    [{ status: "dispatched", agent: { ...free.agent, activeTasks: 6 } }, ["starting"]],
    [
      { status: "waiting_directory", directory: { name: "repo", holder: "ACME-1", since: at } },
      ["directory_busy", "starting"],
    ],
    [
      {
        status: "deferred",
        schedule,
        runtime: { ...runtime, health: "offline", problem: "cli_missing" },
        agent: { ...free.agent, archivedAt: at },
      },
      ["agent_archived", "scheduled", "runtime_offline", "runtime_broken"],
    ],
  ])("INV-116 %j gives %j", (over, expected) => {
    expect(codes(over)).toEqual(expected);
  });

  it("names the command that starts an offline machine and the repair of a broken one", () => {
    const [offline] = waitingReasons({ ...free, runtime: { ...runtime, health: "offline" } });
    expect(offline.action).toContain("headcount daemon start");
    const broken = { ...runtime, problem: "cli_missing", repairHint: "npm i -g x" };
    expect(waitingReasons({ ...free, runtime: broken })[0].action).toBe("npm i -g x");
  });

  it.each([
    [null, "the machine's account at anthropic"],
    ["Ada", "Ada's own account at anthropic"],
  ])("names the account %s of an exhausted quota", (account, words) => {
    const quota = { provider: "anthropic", account, since: at, until: at };
    expect(waitingReasons({ ...free, quota })[0]).toMatchObject({
      code: "quota_wait",
      detail: expect.stringContaining(words),
      facts: { provider: "anthropic", account, until: at },
    });
  });

  it("INV-116 always gives at least one reason, each once and each fit for the API", () => {
    const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
      fc.option(value, { nil: null });
    const facts: fc.Arbitrary<WaitingFacts> = fc.record({
      status: fc.constantFrom("deferred", "queued", "dispatched", "waiting_directory"),
      queuedAt: fc.constant(at),
      agent: fc.record({
        name: fc.string(),
        archivedAt: maybe(fc.constant(at)),
        activeTasks: fc.nat({ max: 8 }),
        maxConcurrentTasks: fc.integer({ min: 1, max: 8 }),
      }),
      runtime: maybe(
        fc.record({
          name: fc.string(),
          machineName: fc.string(),
          ownerName: fc.string(),
          usableByAgent: fc.boolean(),
          health: fc.constantFrom("online", "recently_lost", "offline", "expiring"),
          lastSeenAt: fc.constant(at),
          problem: maybe(fc.string()),
          problemDetail: maybe(fc.string()),
          repairHint: maybe(fc.string()),
          slots: fc.record({ total: fc.nat({ max: 9 }), free: fc.nat({ max: 9 }) }),
        }),
      ),
      guard: maybe(fc.record({ since: fc.constant(at), detail: fc.string() })),
      budget: maybe(fc.constant(design)),
      schedule: maybe(
        fc.record({
          fireAt: fc.constant(at),
          why: fc.constantFrom("retry", "fallback", "backoff"),
        }),
      ),
      quota: maybe(
        fc.record({
          provider: fc.string(),
          account: maybe(fc.string()),
          since: fc.constant(at),
          until: fc.constant(at),
        }),
      ),
      slotTask: maybe(fc.record({ taskId: fc.string(), since: fc.constant(at) })),
      directory: maybe(
        fc.record({ name: fc.string(), holder: fc.string(), since: fc.constant(at) }),
      ),
      ahead: maybe(fc.record({ tasks: fc.nat({ max: 9 }), highestPriority: fc.nat({ max: 4 }) })),
      preparing: maybe(fc.record({ step: fc.string(), since: fc.constant(at) })),
    });
    fc.assert(
      fc.property(facts, (input) => {
        const reasons = waitingReasons(input);
        expect(reasons.length).toBeGreaterThan(0);
        expect(new Set(reasons.map((reason) => reason.code)).size).toBe(reasons.length);
        for (const reason of reasons) expect(WaitingReason.safeParse(reason).success).toBe(true);
      }),
    );
  });
});
