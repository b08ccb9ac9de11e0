import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { issues } from "@headcount/contract/issues/routes";
import { listen } from "@headcount/server/listen";
import { createTestApp, type TestApp } from "@headcount/server/testing/test-app";
import { createTestMachine, type TestMachine } from "@headcount/server/testing/test-machine";
import { readPivots } from "../../support/books/read-pivots.ts";
import { rowsOf } from "../../support/books/rows-of.ts";
import { type FaultyLine, startFaultyLine } from "./faulty-line.ts";
import { Served, servedTogether } from "./served.ts";
import type { Random } from "@headcount/testkit/seeded";

const workspace = "acme";

/** One run and what its model server has served. */
export type ServedRun = { readonly task: ClaimedTask; readonly served: Served };

/** A real server behind two lines that can break: one to its database, one to its machines. */
export type FaultWorld = {
  readonly test: TestApp;
  readonly machine: TestMachine;
  readonly databaseLine: FaultyLine;
  readonly machineLine: FaultyLine;
  /** The server's address beyond `machineLine`. */
  readonly serverUrl: string;
  startRun(random: Random): Promise<ServedRun>;
  /** All books say what was served, by every way there is to ask. */
  expectExact(runs: readonly ServedRun[]): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function startFaultWorld(): Promise<FaultWorld> {
  const stack = new AsyncDisposableStack();
  let databaseLine: FaultyLine | null = null;
  const test = await createTestApp({
    async reachDatabaseAt(databaseUrl) {
      const url = new URL(databaseUrl);
      const port = Number(url.port === "" ? 5432 : url.port);
      databaseLine = stack.use(
        await startFaultyLine({ host: url.hostname, port, counts: "postgres messages" }),
      );
      url.hostname = "127.0.0.1";
      url.port = String(databaseLine.port);
      return url.href;
    },
  });
  stack.use(test);
  if (databaseLine === null) throw new Error("The server does not use its line");
  const listener = await listen(test.app, { host: "127.0.0.1", port: 0, webDirectory: null });
  stack.defer(() => listener.close());
  const machineLine = stack.use(
    await startFaultyLine({ host: "127.0.0.1", port: listener.port, counts: "bytes" }),
  );
  const machine = await createTestMachine(test, test.alice);
  return {
    test,
    machine,
    databaseLine,
    machineLine,
    serverUrl: `http://127.0.0.1:${machineLine.port}`,
    async startRun(random) {
      const task = await claimTask(test, machine);
      return { task, served: new Served(random) };
    },
    expectExact: (runs) => expectExact(test, runs),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function claimTask(test: TestApp, machine: TestMachine): Promise<ClaimedTask> {
  const { id } = await test.alice.call(agents.create, {
    workspace,
    name: `Agent ${randomUUID()}`,
    runtimeId: machine.runtimeId,
    access: "workspace",
  });
  await test.alice.call(issues.create, {
    workspace,
    title: `Issue ${randomUUID()}`,
    assignee: { type: "agent", id },
  });
  await machine.beat();
  const [task] = await machine.claim();
  if (!task) throw new Error("The machine got no work");
  await machine.start(task);
  return task;
}

async function expectExact(test: TestApp, runs: readonly ServedRun[]): Promise<void> {
  const counted = runs.map(({ task }) => ({ taskId: task.taskId, issueId: task.issue.id }));
  const pivots = await readPivots(test, counted, "UTC");
  const served = { ...servedTogether(runs.map((run) => run.served)), reasoning: 0n };
  for (const [pivot, sum] of Object.entries(pivots.totals)) {
    expect(sum, `the sum of ${pivot}`).toEqual(served);
  }
  const [ledger] = await rowsOf<{ events: number }>(
    test,
    (tx) => tx`select count(distinct event_id)::int as events from usage_events
      where workspace_id = ${test.workspaceId}`,
  );
  expect(ledger?.events).toBe(runs.reduce((sum, run) => sum + run.served.calls, 0));
  expect(pivots.differences).toEqual([]);
}
