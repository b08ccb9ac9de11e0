import { newId } from "@headcount/contract/kit/ids";
import { Runtime } from "@headcount/contract/runtimes/schemas";
import { expect, test } from "vitest";
import { bestRuntime } from "../agents/best-runtime.ts";
import { groupByMachine } from "./group-by-machine.ts";

function sample(changes: Partial<Record<keyof Runtime, unknown>>): Runtime {
  return Runtime.parse({
    id: newId(),
    daemonId: newId(),
    machineName: "desk",
    cli: "claude",
    cliTitle: "Claude Code",
    name: "desk · Claude Code",
    customName: null,
    cliVersion: "2.1.0",
    daemonVersion: "0.1.0",
    platform: "linux-x64",
    owner: { id: newId(), name: "Mara" },
    sharing: "private",
    health: "online",
    problem: null,
    problemDetail: null,
    repairHint: null,
    lastSeenAt: "2026-11-21T10:00:00.000Z",
    slots: { total: 4, free: 4 },
    outbox: { depth: 0, oldestAgeMs: 0 },
    verified: true,
    coverage: { level: "exact", reason: "" },
    verifiedVersion: "2.1.330",
    models: [],
    inspection: {
      modelsSource: "none",
      signIn: "unknown",
      signInCommand: null,
      problem: null,
      at: null,
      request: "none",
    },
    capabilities: [],
    agents: [],
    runningTasks: 0,
    foundSessions: null,
    createdAt: "2026-11-21T09:00:00.000Z",
    ...changes,
  });
}

test("a program that is gone does not make its machine look gone", () => {
  const daemonId = newId();
  const gone = sample({ daemonId, health: "offline", problem: "not_found" });
  const there = sample({ daemonId });
  expect(groupByMachine([gone, there])[0]?.freshest).toBe(there);
});

test("programs stand under their machine, whose facts come from the one that was seen last", () => {
  const daemonId = newId();
  const early = sample({ daemonId });
  const late = sample({ daemonId, lastSeenAt: "2026-11-21T11:00:00.000Z" });
  const other = sample({});
  const machines = groupByMachine([early, other, late]);
  expect(machines.map((machine) => machine.runtimes.length)).toEqual([2, 1]);
  expect(machines[0]?.freshest).toBe(late);
});

test("a real program that works is suggested before the tutorial; a broken or absent one never", () => {
  const tutorial = sample({ cli: "tutorial" });
  const unverified = sample({ verified: false });
  const broken = sample({ problem: "not_runnable" });
  const offline = sample({ health: "offline" });
  expect(bestRuntime([broken, offline])).toBeNull();
  expect(bestRuntime([broken, tutorial])).toBe(tutorial);
  expect(bestRuntime([tutorial, unverified, offline])).toBe(unverified);
  expect(bestRuntime([unverified, sample({ cli: "codex" }), tutorial])?.cli).toBe("codex");
});
