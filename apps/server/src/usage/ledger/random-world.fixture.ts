import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import type {
  AgentId,
  DaemonId,
  IssueId,
  PriceOverrideId,
  ProjectId,
  RepricingId,
  RuntimeId,
  TaskId,
} from "@headcount/contract/kit/ids";
import { books } from "@headcount/contract/usage/books-routes";
import { usageImport } from "@headcount/contract/usage/import-routes";
import { prices } from "@headcount/contract/usage/price-routes";
import { usage } from "@headcount/contract/usage/routes";
import type { WorkspaceContext } from "../../platform/context.ts";
import { lockForRepointing, repoint } from "../../runtimes/repoint.ts";
import { asSystem } from "../../testing/as-system.ts";
import { addRuntime } from "../../testing/add-runtime.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import type { TestApp } from "../../testing/test-app.ts";
import { foldWholeTail } from "../rollups/fold-tail.ts";
import { lockSums } from "../rollups/lock-sums.ts";
import { bookTask } from "./book-task.ts";
import type { ReportedUsage } from "./check-record.ts";
import type { Saying, Step } from "./random-steps.fixture.ts";
import { book, usageOf } from "./usage.fixture.ts";

const workspace = "acme";
const minuteMs = 60_000;
const zones = ["UTC", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe"] as const;

/** Three tasks of two agents on two issues and two machines, and what can happen to them. */
export type RandomWorld = {
  readonly issueIds: readonly IssueId[];
  readonly agentIds: readonly AgentId[];
  readonly taskIds: readonly TaskId[];
  take(step: Step): Promise<void>;
  /** Everything that was delivered, once more. */
  replayAll(from: number): Promise<void>;
  /** Input tokens by the test's own account. */
  expectedInput(): bigint;
};

export type WorldParts = {
  readonly test: TestApp;
  readonly projectIds: readonly ProjectId[];
};

export async function makeRandomWorld({ test, projectIds }: WorldParts): Promise<RandomWorld> {
  const startedAt = new Date(test.now().getTime() - 100 * minuteMs);
  const runtimeIds = await addRuntimes(test);
  const [one, two] = runtimeIds;
  const first = await addTask(test, { startedAt, ...(one ? { runtimeId: one } : {}) });
  const { agentId, issueId } = first;
  const second = await addTask(test, { startedAt, agentId, ...(two ? { runtimeId: two } : {}) });
  const third = await addTask(test, { startedAt, issueId });
  const tasks = [first, second, third];
  const issueIds = [first.issueId, second.issueId];
  const delivered: Saying[][] = [];
  const imported: Saying[] = [];
  const bringIn = async (session: number, sayings: readonly Saying[]): Promise<void> => {
    const records = sayings.map((said) => ({
      ...usageOf(first, { revision: said.version, input: inputOf(said), output: 1 }).body,
      key: `${first.id} ${nameOf(said)}`,
      sessionId: `${first.id} ${session}`,
      usedAt: instant(said.minutesAgo).toISOString(),
    }));
    const { results } = await test.alice.call(usageImport.import, {
      workspace,
      cli: "claude",
      records: records.map(({ source: _source, atMs: _atMs, ...record }) => ({
        ...record,
        cumulative: false,
      })),
    });
    expect(results.filter((result) => result.result === "rejected")).toEqual([]);
  };
  const overrides: PriceOverrideId[] = [];
  const repricings: RepricingId[] = [];
  const instant = (ago: number): Date => new Date(test.now().getTime() - ago * minuteMs);
  const among = <Item>(items: readonly Item[], index: number): Item => {
    const item = items[index % Math.max(1, items.length)];
    if (item === undefined) throw new Error("Nothing to choose from");
    return item;
  };
  const inTransaction = (run: (ctx: WorkspaceContext) => Promise<void>): Promise<unknown> =>
    asSystem(test, run);
  const deliver = async (sayings: readonly Saying[]): Promise<void> => {
    const records = sayings.map((said) => toRecord(among(tasks, said.task), said));
    const results = await book(test, records);
    expect(results.filter((result) => result.result === "rejected")).toEqual([]);
  };
  const replayAll = async (from: number): Promise<void> => {
    for (const batch of delivered.slice(from % (delivered.length + 1))) await deliver(batch);
  };

  const take = async (taken: Step): Promise<unknown> => {
    switch (taken.type) {
      case "deliver":
        delivered.push([...taken.sayings]);
        return deliver(taken.sayings);
      case "import":
        imported.push(...taken.sayings);
        return bringIn(taken.session, taken.sayings);
      case "replay":
        return replayAll(taken.from);
      case "delete":
      case "restore":
        return tolerate(
          test.alice.call(issues[taken.type], { workspace, issue: among(issueIds, taken.issue) }),
        );
      case "move": {
        const projectId = taken.project === null ? null : among(projectIds, taken.project);
        const issue = among(issueIds, taken.issue);
        return tolerate(test.alice.call(issues.update, { workspace, issue, projectId }));
      }
      case "repoint": {
        const from = among(runtimeIds, taken.from);
        const to = among(runtimeIds, taken.to);
        if (from === to) return;
        return inTransaction(async (ctx) => {
          await lockForRepointing(ctx, [from], [to]);
          await repoint(ctx, from, to);
        });
      }
      case "end":
        return inTransaction(async (ctx) => {
          const task = among(tasks, taken.task);
          await ctx.sql`
            update tasks set status = 'completed', outcome = 'done',
              ended_at = ${instant(taken.minutesAgo)}
            where workspace_id = ${ctx.workspaceId} and id = ${task.id} and status = 'running'`;
          await bookTask(ctx, task.id);
        });
      case "archive": {
        const archived = among(tasks, taken.agent * 2).agentId;
        return tolerate(test.alice.call(agents.archive, { workspace, agentId: archived }));
      }
      case "price": {
        const { id } = await test.alice.call(prices.setOverride, {
          workspace,
          provider: "acme",
          model: "unheard-of",
          rates: { input: `${taken.usd}`, output: `${taken.usd}.5` },
          startsAt: instant(taken.minutesAgo).toISOString(),
          endsAt: null,
        });
        return overrides.push(id);
      }
      case "reprice": {
        const { id } = await test.alice.call(prices.reprice, { workspace, all: taken.all });
        return repricings.push(id);
      }
      case "undo": {
        const repricingId = repricings[taken.which];
        if (repricingId === undefined) return;
        return test.alice.call(prices.undoReprice, { workspace, repricingId });
      }
      case "look":
        return test.alice.call(usage.daily, { workspace, tz: among(zones, taken.zone), days: 3 });
      case "fold":
        return inTransaction(async (ctx) => {
          await lockSums(ctx);
          await foldWholeTail(ctx);
        });
      case "rebuild": {
        const dayOf = (ago: number): string => instant(ago).toISOString().slice(0, 10);
        const [from, to] = [dayOf(120), dayOf(-24 * 60)];
        const { repaired } = await test.alice.call(books.rebuild, { workspace, from, to });
        return expect(repaired).toBe(0);
      }
    }
  };
  return {
    issueIds,
    agentIds: [...new Set(tasks.map((task) => task.agentId))],
    taskIds: tasks.map((task) => task.id),
    replayAll,
    take: async (taken) => void (await take(taken)),
    expectedInput: () => inputOfLatest(delivered.flat()) + inputOfLatest(imported),
  };
}

async function addRuntimes(test: TestApp): Promise<readonly RuntimeId[]> {
  const added: RuntimeId[] = [];
  for (const machineName of ["laptop", "desktop", "tower"]) {
    const { id } = await addRuntime(test, {
      ownerId: test.alice.userId,
      machineName: `${machineName} ${randomUUID()}`,
      daemonId: randomUUID() as DaemonId,
    });
    added.push(id);
  }
  return added;
}

/** Deleting what is deleted and restoring what is there answer 404 or change nothing. */
async function tolerate(call: Promise<unknown>): Promise<void> {
  const outcome = await call.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
  expect(["done", "not_found", "conflict"]).toContain(outcome);
}

/** Keys 0–2 are running totals, 3–5 single calls that may be corrected; 2 and 5 have no price at first. */
const isTotal = (key: number): boolean => key < 3;
const inputOf = ({ key, version }: Pick<Saying, "key" | "version">): number =>
  isTotal(key) ? (version + 1) * (key + 7) : 100 + key * 10 - version;

function toRecord(task: AddedTask, said: Saying): ReportedUsage {
  const { key, version } = said;
  const isPriced = key % 3 !== 2;
  return usageOf(task, {
    key: `k${key}`,
    cumulative: isTotal(key),
    revision: isTotal(key) ? 0 : version,
    input: inputOf(said),
    output: version,
    ageMs: said.minutesAgo * minuteMs,
    ...(isPriced ? {} : { provider: "acme", model: "unheard-of" }),
    ...(key === 2 && version === 4
      ? { reportedCostUsd: "0.25", reportedCostBasis: "billed" as const }
      : {}),
  });
}

/** A call is the same one wherever it is told, also in another session's file. */
function nameOf({ task, key }: Saying): string {
  return `${task} ${key}`;
}

function inputOfLatest(sayings: readonly Saying[]): bigint {
  const latest = new Map<string, Saying>();
  for (const said of sayings) {
    const name = nameOf(said);
    const known = latest.get(name);
    if (!known || said.version > known.version) latest.set(name, said);
  }
  return [...latest.values()].reduce((sum, said) => sum + BigInt(inputOf(said)), 0n);
}
