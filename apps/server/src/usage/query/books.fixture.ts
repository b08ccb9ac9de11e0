import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import {
  type AgentId,
  type IssueId,
  newId,
  type RuntimeId,
  type TaskId,
} from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import type { WorkspaceContext } from "../../platform/context.ts";
import { setWorkspace } from "../../platform/database.ts";
import { asSystem } from "../../testing/as-system.ts";
import { addRuntime } from "../../testing/add-runtime.ts";
import { type AddedTask, addTask } from "../../testing/add-task.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { bookImported } from "../ledger/book-imported.ts";
import { bookTask } from "../ledger/book-task.ts";
import { book, type RecordToReport, usageOf } from "../ledger/usage.fixture.ts";
import { foldWholeTail } from "../rollups/fold-tail.ts";
import { keepZone } from "../rollups/keep-zone.ts";
import { lockSums } from "../rollups/lock-sums.ts";

export const zones = ["America/New_York", "Asia/Kolkata", "Europe/Berlin"] as const;

/** What a call is known to have used, apart from the books. */
export type KnownCall = {
  readonly at: string;
  readonly agent: string | null;
  readonly project: string | null;
  readonly runtime: string | null;
  readonly member: string;
  readonly issue: string | null;
  readonly provider: string;
  readonly model: string;
  readonly role: string;
  readonly tokens: number;
};

/** What is known of a task that has ended. */
export type KnownTask = Omit<KnownCall, "tokens" | "at"> & {
  readonly endedAt: string;
  readonly failureClass: string | null;
};

export type Books = {
  readonly test: TestApp;
  readonly calls: readonly KnownCall[];
  /** Ended ones. */
  readonly tasks: readonly KnownTask[];
  /** Ada is closed to Bob, Open is not; Ada's work runs on a machine of her owner. */
  readonly ids: {
    readonly ada: AgentId;
    readonly open: AgentId;
    readonly project: string;
    readonly adaRuntime: string;
    readonly sharedRuntime: string;
    readonly adaIssue: string;
    readonly openIssue: string;
    readonly adaTask: string;
    /** Still runs. */
    readonly runningTask: TaskId;
  };
  /** Runs in one transaction of the workspace. */
  readonly within: <T>(run: (ctx: WorkspaceContext) => Promise<T>) => Promise<T>;
  /** Moves what is not folded yet into the sums. */
  readonly fold: () => Promise<void>;
  /** Keeps the days of every zone from now on. */
  readonly keepZones: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** The clock of the tests: after the changes of clocks in Europe and in America. */
export const booksNow = "2026-11-05T15:07:00.000Z";

/**
 * A workspace that has been used around the days on which clocks change: two agents, one of them
 * private, with and without a project, on two machines, with two models in one task, a subagent, a
 * model without a price, a failed task and a session that Headcount did not start.
 */
export async function makeBooks(): Promise<Books> {
  const test = await createTestApp();
  test.advance(Date.parse(booksNow) - test.now().getTime());
  const { workspace } = test;
  await test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    await tx`update workspaces set created_at = '2026-01-01T00:00:00Z'`;
  });
  const project = await test.alice.call(projects.create, { workspace, title: "Website" });
  const adaRuntime = await addRuntime(test, {
    ownerId: test.alice.userId,
    machineName: "Ada's laptop",
  });
  const sharedRuntime = await addRuntime(test, {
    ownerId: test.alice.userId,
    machineName: "server",
    sharing: "workspace",
  });
  const ada = await test.alice.call(agents.create, { workspace, name: "Ada" });
  const open = await test.alice.call(agents.create, {
    workspace,
    name: "Open",
    access: "workspace",
  });
  const inProject = await test.alice.call(issues.create, {
    workspace,
    title: "=Inside",
    projectId: project.id,
  });
  const outside = await test.alice.call(issues.create, { workspace, title: "Outside, alone" });
  const calls: KnownCall[] = [];
  const tasks: KnownTask[] = [];
  const within: Books["within"] = (run) => asSystem(test, run);
  const parts = { test, within, calls, tasks };
  const adaTask = await addWork(parts, {
    agentId: ada.id,
    project: project.id,
    runtimeId: adaRuntime.id,
    issueId: inProject.issue.id,
    endedAt: "2026-11-02T04:59:30Z",
    failure: null,
    calls: [
      // Twice half past two in Berlin.
      ["2026-10-25T00:31:00Z", { input: 1_000 }],
      ["2026-10-25T01:31:00Z", { input: 2_000, output: 5 }],
      // Before and after midnight of New York, twice half past one, and a minute before the end.
      ["2026-11-01T03:59:00Z", { input: 30 }],
      ["2026-11-01T04:00:00Z", { input: 7, cacheRead: 70 }],
      ["2026-11-01T05:31:00Z", { input: 11, model: "secret-1", provider: "acme" }],
      ["2026-11-01T06:31:00Z", { input: 13, role: "subagent", cacheWrite5m: 4 }],
      ["2026-11-02T04:59:00Z", { input: 17, output: 3 }],
    ],
  });
  await addWork(parts, {
    agentId: open.id,
    project: null,
    runtimeId: sharedRuntime.id,
    issueId: outside.issue.id,
    endedAt: "2026-10-31T18:44:00Z",
    failure: { reason: "timeout", class: "timeout" },
    calls: [
      // Ten minutes before and after midnight of Kolkata.
      ["2026-10-31T18:20:00Z", { input: 100 }],
      ["2026-10-31T18:40:00Z", { input: 200, output: 20 }],
    ],
  });
  const runningTask = await addWork(parts, {
    agentId: open.id,
    project: project.id,
    runtimeId: sharedRuntime.id,
    issueId: inProject.issue.id,
    endedAt: null,
    failure: null,
    calls: [["2026-11-05T15:02:00Z", { input: 40, output: 2 }]],
  });
  await within(async (ctx) => {
    await bookImported(ctx, [
      {
        sessionKey: newId(),
        memberId: test.bob.userId,
        usedAt: new Date("2026-10-30T12:00:00Z"),
        billingMode: "subscription",
        body: usageOf({ id: newId() }, { key: "s1", input: 500, source: "claude" }).body,
      },
    ]);
  });
  calls.push({
    at: "2026-10-30T12:00:00Z",
    agent: null,
    project: null,
    runtime: null,
    member: test.bob.userId,
    issue: null,
    provider: "headcount",
    model: "headcount/tutorial",
    role: "main",
    tokens: 500,
  });
  return {
    test,
    calls,
    tasks,
    ids: {
      ada: ada.id,
      open: open.id,
      project: project.id,
      adaRuntime: adaRuntime.id,
      sharedRuntime: sharedRuntime.id,
      adaIssue: inProject.issue.id,
      openIssue: outside.issue.id,
      adaTask: adaTask.id,
      runningTask: runningTask.id,
    },
    within,
    fold: () =>
      within(async (ctx) => {
        await lockSums(ctx);
        await foldWholeTail(ctx);
      }),
    keepZones: async () => {
      for (const zone of zones) await within((ctx) => keepZone(ctx, zone));
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

type Work = {
  readonly agentId: AgentId;
  readonly project: string | null;
  readonly runtimeId: RuntimeId;
  readonly issueId: IssueId;
  /** Null for a task that still runs. */
  readonly endedAt: string | null;
  readonly failure: { readonly reason: string; readonly class: string } | null;
  readonly calls: readonly (readonly [at: string, record: RecordToReport])[];
};

type Parts = {
  readonly test: TestApp;
  readonly within: Books["within"];
  readonly calls: KnownCall[];
  readonly tasks: KnownTask[];
};

/** A task with its calls, started well before them. */
async function addWork(parts: Parts, work: Work): Promise<AddedTask> {
  const { test, within } = parts;
  const { agentId, issueId, runtimeId, endedAt, failure } = work;
  const startedAt = new Date("2026-10-20T00:00:00Z");
  const task = await addTask(test, { agentId, issueId, runtimeId, startedAt });
  const records = work.calls.map(([at, record], index) => {
    const ageMs = test.now().getTime() - Date.parse(at);
    return usageOf(task, { key: String(index), ageMs, ...record });
  });
  await book(test, records);
  const place = {
    agent: agentId,
    project: work.project,
    runtime: runtimeId,
    member: test.alice.userId,
    issue: issueId,
  };
  for (const [index, record] of records.entries()) {
    const { provider, model, role, input, cacheRead, cacheWrite5m, output } = record.body;
    const at = work.calls[index]?.[0] ?? "";
    const tokens = input + cacheRead + cacheWrite5m + output;
    parts.calls.push({ at, ...place, provider: provider ?? "", model, role, tokens });
  }
  if (endedAt === null) return task;
  await within(async (ctx) => {
    await ctx.sql`
      update tasks set status = ${failure ? "failed" : "completed"},
        outcome = ${failure ? "failed" : "done"}, failure_reason = ${failure?.reason ?? null},
        ended_at = ${endedAt}
      where workspace_id = ${ctx.workspaceId} and id = ${task.id}`;
    await bookTask(ctx, task.id);
  });
  parts.tasks.push({
    ...place,
    endedAt,
    provider: "headcount",
    model: "headcount/tutorial",
    role: "main",
    failureClass: failure?.class ?? null,
  });
  return task;
}
