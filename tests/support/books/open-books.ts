import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import type { IssueId, TaskId } from "@headcount/contract/kit/ids";
import type {
  ClaimedTask,
  RecordAcknowledgement,
  UsageRecord,
} from "@headcount/contract/daemon/schemas";
import { createTestApp, type TestApp } from "@headcount/server/testing/test-app";
import { createTestMachine, type TestMachine } from "@headcount/server/testing/test-machine";
import { readPivots, type Pivots } from "./read-pivots.ts";
import { recordsOfStream, type StreamToBook } from "./records-of-stream.ts";

const workspace = "acme";

/** Figures of one call as a daemon would send them; what is left out is zero or usual. */
export type Figures = Partial<UsageRecord>;

/** One run of an agent whose usage is being booked. */
export type Run = {
  readonly task: ClaimedTask;
  readonly taskId: TaskId;
  readonly issueId: IssueId;
  /**
   * Sends what a CLI printed through its driver, record by record as a live run would, and then
   * everything a second time in the opposite order, as after a lost answer.
   */
  stream(stream: StreamToBook): Promise<void>;
  /** Sends records as they are. */
  report(records: readonly Figures[], ageMs?: number): Promise<readonly RecordAcknowledgement[]>;
  end(): Promise<void>;
};

/** A real server on an empty database, whose clock the test sets, with one machine. */
export type Books = {
  readonly test: TestApp;
  readonly machine: TestMachine;
  /** Sets the server's clock, e.g. `2026-03-29T00:59:00Z`. */
  at(instant: string): void;
  /** Starts a run of this agent at the clock's time. */
  run(agentName?: string): Promise<Run>;
  /** Every sum that people see and the ledger itself, as of now. */
  pivots(zone?: string): Promise<Pivots>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function openBooks(startsAt: string): Promise<Books> {
  const test = await createTestApp({ startsAt: new Date(startsAt), maxConnections: 6 });
  const machine = await createTestMachine(test, test.alice);
  const agentIds = new Map<string, string>();
  const runs: Run[] = [];
  const agentOf = async (name: string): Promise<string> => {
    const known = agentIds.get(name);
    if (known !== undefined) return known;
    const { id } = await test.alice.call(agents.create, {
      workspace,
      name,
      runtimeId: machine.runtimeId,
      access: "workspace",
    });
    agentIds.set(name, id);
    return id;
  };
  return {
    test,
    machine,
    at: (instant) => test.advance(new Date(instant).getTime() - test.now().getTime()),
    async run(agentName = "Ada") {
      const agentId = await agentOf(agentName);
      const run = await startRun(test, machine, agentId);
      runs.push(run);
      return run;
    },
    pivots: (zone = "UTC") => readPivots(test, runs, zone),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

async function startRun(test: TestApp, machine: TestMachine, agentId: string): Promise<Run> {
  await machine.beat();
  const { issue } = await test.alice.call(issues.create, {
    workspace,
    title: `Count ${randomUUID()}`,
    assignee: { type: "agent", id: agentId as never },
  });
  const [task] = await machine.claim();
  if (!task) throw new Error("The machine got no work");
  await machine.start(task);
  const { workspaceId, taskId, lease } = task;
  let sequence = 0;
  const report: Run["report"] = (records, ageMs = 0) =>
    machine.send(
      records.map((figures) => ({
        workspaceId,
        taskId,
        lease,
        sequence: sequence++,
        ageMs,
        kind: "usage",
        body: { ...plainRecord, ...figures },
      })),
    );
  return {
    task,
    taskId,
    issueId: issue.id,
    report,
    async stream(stream) {
      const { records, coverage } = recordsOfStream(stream);
      expect(coverage.level).toBe(stream.coverage ?? "exact");
      const results: string[] = [];
      for (const record of records) results.push(...resultsOf(await report([record])));
      expect(results.filter((result) => result !== "stored" && result !== "duplicate")).toEqual([]);
      const again = resultsOf(await report(records.toReversed()));
      expect(again).toEqual(records.map(() => "duplicate"));
    },
    async end() {
      await machine.finish(task);
    },
  };
}

function resultsOf(acknowledgements: readonly RecordAcknowledgement[]): string[] {
  return acknowledgements.map(({ reason, result }) => reason ?? result);
}

/** A call of claude-sonnet-4-5 that used nothing. */
export const plainRecord: UsageRecord = {
  key: "call-1",
  provider: "anthropic",
  model: "claude-sonnet-4-5",
  role: "main",
  source: "test",
  cumulative: false,
  revision: 0,
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  output: 0,
  reasoning: 0,
  reportedCostUsd: null,
  reportedCostBasis: null,
  atMs: 0,
};
