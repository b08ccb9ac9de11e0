import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { usage } from "@headcount/contract/usage/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { asSystem } from "../testing/as-system.ts";
import { terminalRecord } from "../testing/test-machine.ts";
import { findUsageDifferences } from "../usage/verify/find-differences.ts";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

describe("reports of machines", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const running = async (title = "Work"): Promise<ClaimedTask> => {
    const agent = await queue.agent(`Agent of ${title}`);
    await queue.issue(title, agent.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    return task;
  };
  const get = (task: ClaimedTask) =>
    queue.test.alice.call(tasks.get, { workspace, taskId: task.taskId });
  const said = async (task: ClaimedTask): Promise<string[]> => {
    const { items } = await queue.test.alice.call(comments.list, {
      workspace,
      issue: task.issue.id,
    });
    return items.map((comment) => comment.body);
  };
  const head = ({ workspaceId, taskId, lease }: ClaimedTask) => ({ workspaceId, taskId, lease });

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
      ...head(task),
      lease,
      sequence,
      kind: "changes" as const,
      body: { linesAdded, linesDeleted: 1, filesChanged: 1 },
    });
    const send = async (...records: ReturnType<typeof changes>[]): Promise<string[]> =>
      (await queue.machine.send(records)).map(({ result }) => result);
    const linesAdded = async (): Promise<number> => (await get(task)).changes.linesAdded;
    expect(await send(changes(3, 10))).toEqual(["stored"]);
    expect(await linesAdded()).toBe(10);
    // What the agent takes back is taken back, and an answer that was lost makes nothing older count.
    expect(await send(changes(4, 25), changes(5, 7))).toEqual(["stored", "stored"]);
    expect(await send(changes(3, 10), changes(4, 25), changes(5, 7))).toEqual(
      Array<string>(3).fill("duplicate"),
    );
    expect(await send(changes(6, 1_000, task.lease + 1))).toEqual(["late"]);
    expect(await linesAdded()).toBe(7);
    const end = { linesAdded: 9, linesDeleted: 1, filesChanged: 1 };
    await queue.machine.finish(task, { changes: end });
    expect(await send(changes(5, 7))).toEqual(["duplicate"]);
    expect(await linesAdded()).toBe(9);
  });

  it("a run that is lost is booked with what it had changed by then, and a later word moves that", async () => {
    const task = await running();
    const report = (sequence: number, linesAdded: number) =>
      queue.machine.send([
        {
          ...head(task),
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

  it("INV-117 a completed run that left nothing is no response", async () => {
    const task = await running();
    await queue.machine.finish(task, { answer: "  " });
    expect(await get(task)).toMatchObject({ status: "completed", outcome: "no_response" });
    expect(await said(task)).toEqual([]);
  });

  it("INV-28 an agent that commented is not repeated; a huge answer becomes a notice", async () => {
    const first = await running("Commented");
    await queue.test.callAs(first.token, comments.add, {
      workspace,
      issue: first.issue.id,
      body: "I did it myself.",
    });
    await queue.machine.finish(first);
    expect(await said(first)).toEqual(["I did it myself."]);
    expect(await get(first)).toMatchObject({ outcome: "done" });
    const second = await running("Huge");
    await queue.machine.finish(second, { answer: "x".repeat(250_000) });
    const notice = only(await said(second));
    expect(notice).toContain("250,000 characters");
    expect(notice).toContain(second.taskId);
    expect((await get(second)).result).toHaveLength(250_000);
  });

  it("INV-45 what an agent writes carries its originator and its run", async () => {
    const task = await running();
    const { comment } = await queue.test.callAs(task.token, comments.add, {
      workspace,
      issue: task.issue.id,
      body: "Signed",
    });
    expect(comment).toMatchObject({
      author: { type: "agent", id: task.agent.id },
      onBehalfOf: { id: queue.test.alice.userId },
      taskId: task.taskId,
    });
  });

  it("INV-21 a provider's notice fails the run and is never posted", async () => {
    const task = await running();
    await queue.machine.finish(task, { answer: "Claude AI usage limit reached" });
    expect(await get(task)).toMatchObject({
      status: "failed",
      outcome: "failed",
      failureReason: "agent_error.provider_quota_limit",
    });
    expect((await said(task)).join()).not.toContain("usage limit reached");
  });

  it("INV-24 an unknown label is kept and mapped", async () => {
    const task = await running();
    await queue.machine.finish(task, { status: "failed", failureReason: "coffee_spilt" });
    expect(await get(task)).toMatchObject({
      failureReason: "agent_error.unknown",
      rawFailureReason: "coffee_spilt",
    });
  });

  it("a final failure says why on the issue and returns it to todo", async () => {
    const task = await running();
    await queue.test.callAs(task.token, issues.update, {
      workspace,
      issue: task.issue.id,
      status: "in_progress",
    });
    await queue.machine.finish(task, {
      status: "failed",
      failureReason: "agent_error.missing_config",
    });
    expect(only(await said(task))).toContain("agent_error.missing_config");
    const issue = await queue.test.alice.call(issues.get, { workspace, issue: task.issue.id });
    expect(issue.status).toBe("todo");
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("INV-25 a broken connection is tried three times in the same session", async () => {
    const first = await running();
    const lost = { status: "failed", failureReason: "agent_error.provider_network" } as const;
    await queue.machine.finish(first, lost);
    const second = only(await queue.machine.claim());
    expect(second).toMatchObject({ attempt: 2, resume: { sessionId: "session-1" } });
    await queue.machine.start(second);
    await queue.machine.finish(second, lost);
    expect(await queue.machine.claim()).toEqual([]);
    queue.test.advance(6_000);
    const third = only(await queue.machine.claim());
    expect(third.attempt).toBe(3);
    await queue.machine.start(third);
    await queue.machine.finish(third, lost);
    queue.test.advance(60_000);
    await queue.machine.beat();
    expect(await queue.machine.claim()).toEqual([]);
    const page = await queue.test.alice.call(tasks.list, { workspace });
    expect(page.items.map((task) => task.retryOf)).toEqual([second.taskId, first.taskId, null]);
  });

  it("INV-22 an exhausted context starts fresh and says so", async () => {
    const task = await running();
    await queue.machine.finish(task, {
      status: "failed",
      failureReason: "agent_error.context_overflow",
    });
    expect(await queue.machine.claim()).toEqual([]);
    await queue.test.alice.call(tasks.rerun, { workspace, taskId: task.taskId });
    const again = only(await queue.machine.claim());
    expect(again.resume).toBeNull();
    expect(again.continuityNotice).toContain(task.issue.key);
  });

  it("INV-123 a known quota reset is waited for with the session kept", async () => {
    const task = await running();
    await queue.machine.finish(task, {
      status: "failed",
      failureReason: "agent_error.provider_quota_limit",
      retryAfterMs: 2 * 60 * 60_000,
    });
    expect(await queue.machine.claim()).toEqual([]);
    const [waiting] = (await queue.test.alice.call(tasks.list, { workspace })).items;
    expect(waiting).toMatchObject({
      status: "deferred",
      attempt: 1,
      waiting: { code: "quota_wait", facts: { provider: "anthropic", account: null } },
    });
    queue.test.advance(2 * 60 * 60_000 + 61_000);
    await queue.machine.beat();
    expect(only(await queue.machine.claim())).toMatchObject({ resume: { sessionId: "session-1" } });
  });

  it("INV-10 a retry that finds its place taken is left out, the failure stands", async () => {
    const task = await running();
    const { alice } = queue.test;
    const agent = { id: task.agent.id, name: task.agent.name };
    await queue.rows(
      (sql) => sql`insert into tasks (workspace_id, id, issue_id, agent_id, kind, status, queued_at,
          initiator_type, initiator_id, originator_id, accountable_id, attribution)
        select workspace_id, gen_random_uuid(), issue_id, agent_id, 'rerun', 'queued', queued_at,
          initiator_type, initiator_id, originator_id, accountable_id, attribution
        from tasks where id = ${task.taskId} returning id`,
    );
    const [outcome] = await Promise.all([
      queue.machine.finish(task, { status: "failed", failureReason: "timeout" }),
      alice.call(comments.add, { workspace, issue: task.issue.id, body: mention(agent) }),
    ]);
    expect(outcome).toBe("stored");
    const page = await alice.call(tasks.list, { workspace });
    expect(page.items.filter((item) => item.retryOf !== null)).toEqual([]);
    expect(await get(task)).toMatchObject({ status: "failed", failureReason: "timeout" });
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
      { ...head(stale), sequence: 1, kind: "progress", body: { activity: "Stale" } },
      {
        ...head(stale),
        sequence: 2,
        kind: "session",
        body: { sessionId: "x", workDirectory: "/x" },
      },
      {
        ...head(stale),
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
      ...head(task),
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
        ...head(task),
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
        ...head(task),
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
