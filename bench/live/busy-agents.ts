import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import type { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import { issues } from "@headcount/contract/issues/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { type Product, workspace } from "../../tests/support/start-product.ts";
import { enrolMachine, type Machine } from "../lib/enrol-machine.ts";

/** Agents at work whose model calls the benchmark reports, as their daemons would. */
export type BusyAgents = {
  readonly count: number;
  /** Reports one call of one agent at once; resolves when the server has stored it. */
  report(agent: number, tokens: number): Promise<void>;
  /** Reports from every agent without end, until the signal says so. */
  work(
    pace: { readonly everyMs: number; readonly tokens: number },
    signal: AbortSignal,
  ): Promise<void>;
};

type Run = { readonly machine: Machine; readonly taskId: TaskId; readonly lease: number };

const heartbeatMs = 10_000;
const slots = 5;

/** Starts so many runs, each of an agent of its own, five on a machine. */
export async function startBusyAgents(product: Product, count: number): Promise<BusyAgents> {
  const { id: workspaceId } = await product.call(workspaces.get, { workspace });
  const runs: Run[] = [];
  for (let index = 0; index * slots < count; index += 1) {
    const machine = await enrolMachine(product, workspaceId, { index, slots });
    const wanted = Math.min(slots, count - index * slots);
    runs.push(...(await startRuns({ product, workspaceId, machine }, { index, wanted })));
  }
  if (runs.length < count) throw new Error(`${runs.length} of ${count} runs were started`);
  let sequence = 0;
  const report = async (agent: number, tokens: number): Promise<void> => {
    const run = runs[agent % runs.length];
    if (!run) throw new Error("There is no such agent");
    sequence += 1;
    const { acknowledgements } = await run.machine.client.call(daemon.outbox, {
      records: [callOf(workspaceId, run, { sequence, tokens })],
    });
    const [answer] = acknowledgements;
    if (answer?.result !== "stored")
      throw new Error(`A call was ${answer?.result}: ${answer?.reason}`);
  };
  return {
    count,
    report,
    async work({ everyMs, tokens }, signal) {
      const beat = (async () => {
        while (!signal.aborted) {
          await Promise.all(
            machinesOf(runs).map((machine) => showLife(workspaceId, machine, runs)),
          );
          await pause(heartbeatMs, signal);
        }
      })();
      const agentsAtWork = runs.map(async (_, agent) => {
        // Agents do not call their models in step.
        await pause((everyMs * agent) / runs.length, signal);
        while (!signal.aborted) {
          await report(agent, tokens);
          await pause(everyMs, signal);
        }
      });
      await Promise.all([beat, ...agentsAtWork]);
    },
  };
}

type Place = {
  readonly product: Product;
  readonly workspaceId: WorkspaceId;
  readonly machine: Machine;
};

async function startRuns(
  { product, workspaceId, machine }: Place,
  { index, wanted }: { readonly index: number; readonly wanted: number },
): Promise<readonly Run[]> {
  for (let place = 0; place < wanted; place += 1) {
    const name = `Busy ${index}.${place}`;
    const agent = await product.call(agents.create, {
      workspace,
      name,
      runtimeId: machine.runtimeId,
    });
    const assignee = { type: "agent", id: agent.id } as const;
    await product.call(issues.create, { workspace, title: `Work of ${name}`, assignee });
  }
  const { tasks } = await machine.client.call(daemon.claim, {
    claimId: randomUUID(),
    runtimeIds: [machine.runtimeId],
    max: wanted,
  });
  for (const { taskId, lease } of tasks) {
    await machine.client.call(daemon.start, {
      taskId,
      workspaceId,
      lease,
      argv: ["claude"],
      workDirectory: "/work",
      displayDirectory: "/work",
      branch: null,
      resumed: false,
    });
  }
  return tasks.map(({ taskId, lease }) => ({ machine, taskId, lease }));
}

function machinesOf(runs: readonly Run[]): readonly Machine[] {
  return [...new Set(runs.map(({ machine }) => machine))];
}

async function showLife(
  workspaceId: WorkspaceId,
  machine: Machine,
  runs: readonly Run[],
): Promise<void> {
  const own = runs.filter((run) => run.machine === machine);
  await machine.client.call(daemon.heartbeat, {
    runtimeIds: [machine.runtimeId],
    leases: own.map(({ taskId, lease }) => ({
      workspaceId,
      taskId,
      lease,
      step: "running" as const,
    })),
    slots: { total: slots, free: slots - own.length },
    outbox: { depth: 0, oldestAgeMs: 0 },
  });
}

function callOf(
  workspaceId: WorkspaceId,
  { taskId, lease }: Run,
  call: { readonly sequence: number; readonly tokens: number },
) {
  return {
    workspaceId,
    taskId,
    lease,
    sequence: call.sequence,
    kind: "usage",
    ageMs: 0,
    body: {
      key: `1/stream/msg_${call.sequence}`,
      provider: "anthropic",
      model: "claude-sonnet-4-5",
      role: "main",
      source: "claude-stream",
      cumulative: false,
      revision: 0,
      input: call.tokens,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
      output: 0,
      reasoning: 0,
      reportedCostUsd: null,
      reportedCostBasis: null,
      atMs: call.sequence,
    },
  } as const;
}

/** Waits, or not when there is nothing to wait for any more. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
