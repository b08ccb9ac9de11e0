import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { getTask, runningTask, saidOn } from "./report.fixture.ts";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

describe("how a run ends", () => {
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

  it("INV-25 a run that may be tried once only is not tried again", async () => {
    const task = await running();
    await queue.rows(
      (sql) => sql`update tasks set max_attempts = 1 where id = ${task.taskId} returning id`,
    );
    const lost = { status: "failed", failureReason: "agent_error.provider_network" } as const;
    await queue.machine.finish(task, lost);
    queue.test.advance(60_000);
    await queue.machine.beat();
    expect(await queue.machine.claim()).toEqual([]);
    expect((await queue.test.alice.call(tasks.list, { workspace })).items).toHaveLength(1);
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
    // The session is known, and so is its folder; nothing but the reason keeps the next run from it.
    const rows = await queue.rows(
      (sql) => sql`select session_id from tasks where id = ${task.taskId}`,
    );
    expect(rows).toEqual([{ sessionId: "session-1" }]);
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
});
