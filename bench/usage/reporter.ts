import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import type { DaemonId } from "@headcount/contract/kit/ids";
import type { ReportedUsage } from "@headcount/server/usage/ledger/check-record";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import type { BenchMachine } from "./fleet.ts";
import type { LiveTask } from "./live-tasks.ts";
import { benchModels } from "./models.ts";

/** Runs of a machine that go on at the same time. */
export const slots = 4;
/** Calls of one run; the next task of the slot follows. */
export const callsPerTask = 50;
/** Every n-th call of an agent that has an auxiliary model is made with it. */
const auxiliaryEvery = 7;

/** A machine with runs in progress; says in each batch what they have used since the last one. */
export type Reporter = {
  readonly machine: BenchMachine;
  readonly workspaceId: WorkspaceId;
  /** The calls since the last batch. Runs end and others begin meanwhile, until there are no more. */
  next(count: number): ReportedUsage[];
};

export function createReporter(machine: BenchMachine, tasks: readonly LiveTask[]): Reporter {
  const [first] = tasks;
  if (!first) throw new Error("A reporter has to have tasks");
  const waiting = [...tasks];
  const open = Array.from({ length: slots }, () => ({ task: first, calls: callsPerTask }));
  let turn = 0;
  return {
    machine,
    workspaceId: first.workspaceId,
    next(count) {
      return Array.from({ length: count }, () => {
        const slot = open[(turn = (turn + 1) % slots)];
        if (!slot) throw new Error("There is no such slot");
        if (slot.calls === callsPerTask) {
          const task = waiting.pop();
          if (!task) throw new Error("There are not enough tasks for this measurement");
          slot.task = task;
          slot.calls = 0;
        }
        slot.calls += 1;
        return callOf(slot.task, slot.calls, machine.id);
      });
    },
  };
}

function callOf(task: LiveTask, call: number, reportedBy: DaemonId): ReportedUsage {
  const isAuxiliary = task.agent % 5 < 2 && call % auxiliaryEvery === 0;
  const model = benchModels[(task.agent + (isAuxiliary ? 3 : 0)) % benchModels.length];
  const cached = 8_000 + call * 900;
  const body: UsageRecord = {
    key: `1/stream/msg_01${task.id.slice(-12)}${call}`,
    provider: model?.provider ?? null,
    model: model?.model ?? "",
    role: isAuxiliary ? "auxiliary" : "main",
    source: "claude-stream",
    cumulative: false,
    revision: 0,
    input: 40 + call,
    cacheRead: cached,
    cacheWrite5m: 900,
    cacheWrite1h: 0,
    output: 350 + ((call * 37) % 400),
    reasoning: call % 3 === 0 ? 120 : 0,
    reportedCostUsd: null,
    reportedCostBasis: null,
    atMs: 0,
  };
  return { taskId: task.id, lease: 1, ageMs: 200 + ((call * 83) % 1_500), body, reportedBy };
}
