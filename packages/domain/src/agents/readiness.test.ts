import { AgentReadiness } from "@headcount/contract/agents/schemas";
import { RuntimeHealth } from "@headcount/contract/runtimes/schemas";
import { TaskStatus } from "@headcount/contract/tasks/states";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { occupiesCapacity, taskCan } from "../tasks/task-can.ts";
import { agentPresence } from "./presence.ts";
import { agentReadiness, type BoundRuntime, type ReadinessFacts } from "./readiness.ts";

const runtime: BoundRuntime = {
  name: "Codex on mac",
  machineName: "mac",
  ownerName: "Ann",
  usableByAgent: true,
  health: "online",
  problem: null,
  problemDetail: null,
  repairHint: null,
};
const ready: ReadinessFacts = {
  agentName: "Coder",
  archived: false,
  held: false,
  runtime,
  activeTasks: 0,
  maxConcurrentTasks: 2,
};

describe("agentReadiness", () => {
  it.each<readonly [Partial<ReadinessFacts>, string, string | null]>([
    [{}, "available", null],
    [{ held: true }, "waitable", "held_by_guard"],
    [{ activeTasks: 1 }, "available", null],
    [{ activeTasks: 2 }, "waitable", "agent_busy"],
    [{ runtime: { ...runtime, health: "recently_lost" } }, "waitable", "runtime_offline"],
    [{ runtime: { ...runtime, health: "offline" } }, "waitable", "runtime_offline"],
    [{ runtime: { ...runtime, problem: "cli_missing" } }, "blocked", "runtime_broken"],
    [{ runtime: { ...runtime, usableByAgent: false } }, "blocked", "runtime_not_shared"],
    [{ runtime: null }, "blocked", "no_runtime"],
    [{ archived: true, runtime: null }, "blocked", "agent_archived"],
    [
      { runtime: { ...runtime, health: "offline", problem: "cli_missing" } },
      "blocked",
      "runtime_broken",
    ],
  ])("%j is %s (%s)", (over, verdict, reason) => {
    const readiness = agentReadiness({ ...ready, ...over });
    expect(readiness).toMatchObject({ verdict, reason });
    expect(AgentReadiness.safeParse(readiness).success).toBe(true);
  });

  it("carries the repair hint", () => {
    const broken = {
      ...runtime,
      problem: "cli_missing",
      problemDetail: "Gone.",
      repairHint: "Do x.",
    };
    expect(agentReadiness({ ...ready, runtime: broken }).detail).toBe("Gone. Do x.");
  });
});

describe("agentPresence", () => {
  const unfinished = TaskStatus.options.filter(taskCan.cancel);

  it.each([
    [{ runtime: null, unfinished: ["running"], latestEnded: null }, "unbound"],
    [
      { runtime: { health: "offline", problem: null }, unfinished: ["running"], latestEnded: null },
      "offline",
    ],
    [
      {
        runtime: { health: "recently_lost", problem: null },
        unfinished: ["running"],
        latestEnded: "failed",
      },
      "working",
    ],
    [
      {
        runtime: { health: "online", problem: null },
        unfinished: ["queued"],
        latestEnded: "completed",
      },
      "idle",
    ],
    [
      { runtime: { health: "online", problem: null }, unfinished: [], latestEnded: "failed" },
      "error",
    ],
    [
      { runtime: { health: "online", problem: "cli_missing" }, unfinished: [], latestEnded: null },
      "error",
    ],
    [
      { runtime: { health: "online", problem: null }, unfinished: [], latestEnded: "cancelled" },
      "idle",
    ],
  ] as const)("INV-17 %j is %s", (facts, presence) => {
    expect(agentPresence(facts)).toBe(presence);
  });

  it("INV-17 depends on the set of tasks alone, not on their order or history", () => {
    const facts = fc.record({
      health: fc.constantFrom(...RuntimeHealth.options),
      tasks: fc.array(fc.constantFrom(...unfinished)),
      latestEnded: fc.constantFrom("completed", "failed", "cancelled", null),
    });
    fc.assert(
      fc.property(facts, ({ health, tasks, latestEnded }) => {
        const at = (list: readonly TaskStatus[]): string =>
          agentPresence({ runtime: { health, problem: null }, unfinished: list, latestEnded });
        expect(at(tasks)).toBe(at(tasks.toReversed()));
        const reachable = health === "online" || health === "recently_lost";
        expect(at(tasks) === "working").toBe(reachable && tasks.some(occupiesCapacity));
      }),
    );
  });
});
