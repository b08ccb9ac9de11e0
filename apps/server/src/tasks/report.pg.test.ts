import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tasks } from "@headcount/contract/tasks/routes";
import { usage } from "@headcount/contract/usage/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { asSystem } from "../testing/as-system.ts";
import { terminalRecord } from "../testing/test-machine.ts";
import { allTaskPoints } from "../usage/rollups/task-points.ts";
import { findUsageDifferences } from "../usage/verify/find-differences.ts";
import { getTask, recordHead, runningTask, saidOn } from "./report.fixture.ts";
import { createQueueTest, only, type QueueTest, workspace } from "./queue.fixture.ts";

describe("reports of machines", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const running = (title?: string) => runningTask(queue, title);
  const get = (task: ClaimedTask) => getTask(queue, task);
  const said = (task: ClaimedTask) => saidOn(queue, task);

  it("INV-18 a report repeated ten times at once ends the run once and posts one comment", async () => {
    const task = await running();
    const results = await Promise.all(Array.from({ length: 10 }, () => queue.machine.finish(task)));
    expect(results.toSorted()).toEqual([...Array<string>(9).fill("duplicate"), "stored"]);
    expect(await said(task)).toEqual(["It works now."]);
  });

  it("INV-18 a different report after the end is ignored", async () => {
    const task = await running();
    await queue.machine.finish(task);
    const other = { status: "failed", failureReason: "timeout", error: "too late" } as const;
    expect(await queue.machine.finish(task, other)).toBe("duplicate");
    expect(await get(task)).toMatchObject({ status: "completed", outcome: "done" });
  });

  it("what a run has changed so far is known while it runs, and no repeat counts it twice", async () => {
    const task = await running();
    const changes = (sequence: number, linesAdded: number, lease = task.lease) => ({
      ...recordHead(task),
      lease,
      sequence,
      kind: "changes" as const,
      body: { linesAdded, linesDeleted: 1, filesChanged: 1 },
    });
    const send = async (...records: ReturnType<typeof changes>[]): Promise<string[]> =>
      (await queue.machine.send(records)).map(({ result }) => result);
    const linesAdded = async (): Promise<number> => (await get(task)).changes.linesAdded;
    const linesBooked = (): Promise<number> =>
      asSystem(queue.test, async (ctx) => {
        expect(await findUsageDifferences(ctx)).toEqual([]);
        const [sum] = await ctx.sql<{ lines: number }[]>`
          select sum(lines_added)::int as lines from ${allTaskPoints(ctx)} as points`;
        return sum?.lines ?? 0;
      });
    expect(await send(changes(3, 10))).toEqual(["stored"]);
    expect(await linesAdded()).toBe(10);
    expect(await linesBooked()).toBe(10);
    // What the agent takes back is taken back, and an answer that was lost makes nothing older count.
    expect(await send(changes(4, 25), changes(5, 7))).toEqual(["stored", "stored"]);
    expect(await send(changes(3, 10), changes(4, 25), changes(5, 7))).toEqual(
      Array<string>(3).fill("duplicate"),
    );
    expect(await send(changes(6, 1_000, task.lease + 1))).toEqual(["late"]);
    expect(await linesAdded()).toBe(7);
    expect(await linesBooked()).toBe(7);
    const end = { linesAdded: 9, linesDeleted: 1, filesChanged: 1 };
    await queue.machine.finish(task, { changes: end });
    expect(await send(changes(5, 7))).toEqual(["duplicate"]);
    expect(await linesAdded()).toBe(9);
    expect(await linesBooked()).toBe(9);
  });

  it("a run that is lost is booked with what it had changed by then, and a later word moves that", async () => {
    const task = await running();
    const report = (sequence: number, linesAdded: number) =>
      queue.machine.send([
        {
          ...recordHead(task),
          sequence,
          kind: "changes",
          body: { linesAdded, linesDeleted: 0, filesChanged: 1 },
        },
      ]);
    await report(1, 30);
    await queue.test.alice.call(tasks.cancel, { workspace, taskId: task.taskId });
    const booked = () =>
      queue.rows((sql) => sql`select lines_added from usage_tasks where task_id = ${task.taskId}`);
    expect(await booked()).toEqual([{ linesAdded: "30" }]);
    await report(2, 42);
    await report(2, 42);
    await report(1, 30);
    expect(await booked()).toEqual([{ linesAdded: "42" }]);
    expect(await asSystem(queue.test, (ctx) => findUsageDifferences(ctx))).toEqual([]);
  });

  it("the limit that ended a run is told with it, and the retry is not blamed for it", async () => {
    const task = await running("Silent");
    const watchdog = { name: "silent_tool", limitMs: 7_200_000 } as const;
    await queue.machine.finish(task, { status: "failed", failureReason: "timeout", watchdog });
    expect(await get(task)).toMatchObject({ failureReason: "timeout", watchdog });
    const retry = only(await queue.machine.claim());
    expect(await get(retry)).toMatchObject({ attempt: 2, watchdog: null });
  });

  it("a limit that this server does not know harms no report", async () => {
    const task = await running("From the future");
    const watchdog = { name: "boredom", limitMs: 1 } as never;
    const failure = { status: "failed", failureReason: "timeout" } as const;
    expect(await queue.machine.finish(task, { ...failure, watchdog })).toBe("stored");
    expect(await get(task)).toMatchObject({ failureReason: "timeout", watchdog: null });
  });

  it("what a run changed is stored with its end, whatever the end was", async () => {
    const changes = { linesAdded: 12, linesDeleted: 3, filesChanged: 2 };
    const none = { linesAdded: 0, linesDeleted: 0, filesChanged: 0 };
    const done = await running("Done");
    expect((await get(done)).changes).toEqual(none);
    await queue.machine.finish(done, { changes });
    expect((await get(done)).changes).toEqual(changes);
    const stopped = await running("Stopped");
    await queue.test.alice.call(tasks.cancel, { workspace, taskId: stopped.taskId });
    await queue.machine.finish(stopped, { status: "cancelled", changes });
    expect((await get(stopped)).changes).toEqual(changes);
    const booked = await queue.rows(
      (sql) => sql`select lines_added from usage_tasks where task_id = ${stopped.taskId}`,
    );
    expect(booked).toEqual([{ linesAdded: "12" }]);
    const unmeasured = await running("Unmeasured");
    await queue.machine.finish(unmeasured);
    expect((await get(unmeasured)).changes).toEqual(none);
    const failed = await running("Failed");
    await queue.machine.finish(failed, { status: "failed", failureReason: "timeout", changes });
    expect((await get(failed)).changes).toEqual(changes);
  });

  it("keeps by how much a CLI's final total differs from its stream, and shows it with the usage", async () => {
    const task = await running("Drifts");
    const drift = [{ model: "large", tokens: -3 }];
    await queue.machine.finish(task, { drift });
    const shown = await queue.test.alice.call(usage.task, { workspace, taskId: task.taskId });
    expect(shown.drift).toEqual(drift);
  });

  it("INV-101 nothing under a lost lease changes the task; its transcript is filed as late", async () => {
    const agent = await queue.agent("Ada");
    await queue.issue("Fenced", agent.id);
    const stale = only(await queue.machine.claim());
    queue.test.advance(91_000);
    await queue.machine.beat();
    const valid = only(await queue.machine.claim());
    await queue.machine.start(valid);
    const before = await get(valid);
    const answers = await queue.machine.send([
      { ...recordHead(stale), sequence: 1, kind: "progress", body: { activity: "Stale" } },
      {
        ...recordHead(stale),
        sequence: 2,
        kind: "session",
        body: { sessionId: "x", workDirectory: "/x" },
      },
      {
        ...recordHead(stale),
        sequence: 3,
        kind: "transcript",
        body: { seq: 1, type: "text", content: "?" },
      },
      terminalRecord(stale, { answer: "From the past" }),
    ]);
    expect(answers.map((answer) => answer.result)).toEqual(["late", "late", "late", "late"]);
    expect(await get(valid)).toEqual(before);
    expect(await said(valid)).toEqual([]);
    const rows = await queue.test.alice.call(tasks.transcript, { workspace, taskId: valid.taskId });
    expect(rows.items).toMatchObject([{ lease: 1, seq: 1, late: true }]);
    await queue.machine.finish(valid);
    expect(await said(valid)).toEqual(["It works now."]);
  });

  it("INV-19 usage of a run that was stopped is booked, also when it comes after the end", async () => {
    const task = await running();
    const usage = (sequence: number, key: string) => ({
      ...recordHead(task),
      sequence,
      kind: "usage" as const,
      body: {
        key,
        provider: "headcount",
        model: "headcount/tutorial",
        role: "main" as const,
        source: "test",
        cumulative: false,
        input: 100,
        cacheRead: 0,
        cacheWrite5m: 0,
        cacheWrite1h: 0,
        output: 10,
        reasoning: 0,
      },
    });
    await queue.machine.send([usage(1, "a")]);
    await queue.test.alice.call(tasks.cancel, { workspace, taskId: task.taskId });
    const answers = await queue.machine.send([
      usage(2, "b"),
      usage(3, "b"),
      {
        ...recordHead(task),
        sequence: 4,
        kind: "cancel_ack",
        body: { branch: "b", workDirectory: "/w" },
      },
    ]);
    expect(answers.map((answer) => answer.result)).toEqual(["stored", "duplicate", "stored"]);
    expect(await get(task)).toMatchObject({
      status: "cancelled",
      branch: "b",
      usage: { events: 2, tokens: { input: 200, output: 20, total: 220 } },
    });
  });

  it("INV-27 a session is pinned as soon as it is announced and survives a lost run", async () => {
    const task = await running();
    await queue.machine.send([
      {
        ...recordHead(task),
        sequence: 1,
        kind: "session",
        body: { sessionId: "pinned", workDirectory: "/work/7" },
      },
    ]);
    await queue.machine.finish(task, {
      status: "failed",
      failureReason: "runtime_recovery",
      sessionId: null,
      workDirectory: null,
    });
    expect(only(await queue.machine.claim())).toMatchObject({
      attempt: 2,
      resume: { sessionId: "pinned", workDirectory: "/work/7" },
    });
  });

  it("refuses records of tasks that the machine never had", async () => {
    const task = await running();
    const stranger = {
      ...task,
      taskId: "019aa000-0000-7000-8000-000000000000" as typeof task.taskId,
    };
    expect(await queue.machine.finish(stranger)).toBe("rejected");
  });
});
