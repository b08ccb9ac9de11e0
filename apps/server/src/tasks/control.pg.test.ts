import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

describe("people and tasks", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const run = async (): Promise<ClaimedTask> => {
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    return task;
  };
  const list = async () => (await queue.test.alice.call(tasks.list, { workspace })).items;

  it("a stopped run keeps its session for the next one", async () => {
    const ada = await queue.agent("Ada");
    await queue.issue("Stop", ada.id);
    const task = await run();
    const cancelled = await queue.test.bob.call(tasks.cancel, { workspace, taskId: task.taskId });
    expect(cancelled).toMatchObject({ status: "cancelled", outcome: "cancelled" });
    await expect(
      queue.test.bob.call(tasks.cancel, { workspace, taskId: task.taskId }),
    ).rejects.toMatchObject({ reason: "task.already_ended" });
    expect(await queue.machine.finish(task, { status: "cancelled", answer: "" })).toBe("late");
    await queue.test.bob.call(tasks.rerun, { workspace, taskId: task.taskId });
    expect(only(await queue.machine.claim()).resume?.sessionId).toBe("session-1");
  });

  it("only those who see the agent find, stop and repeat its tasks", async () => {
    const { alice, bob } = queue.test;
    const closed = await queue.agent("Closed", { access: "owner_only" });
    const issue = await queue.issue("Private work", closed.id);
    const [task] = await list();
    if (!task) throw new Error("nothing was queued");
    const taskId = task.id;
    for (const route of [tasks.get, tasks.why, tasks.cancel, tasks.rerun, tasks.transcript]) {
      await expect(bob.call(route, { workspace, taskId })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect((await bob.call(tasks.list, { workspace })).items).toEqual([]);
    const log = await bob.call(issues.tasks, { workspace, issue: issue.id });
    expect(log.items).toMatchObject([
      { isPrivate: true, agentName: "Private agent", triggerSummary: "", status: "queued" },
    ]);
    expect(JSON.stringify(log)).not.toContain("Closed");
    expect((await alice.call(tasks.get, { workspace, taskId })).agentName).toBe("Closed");
  });

  it("an agent stops only what it started itself", async () => {
    const ada = await queue.agent("Ada");
    const bert = await queue.agent("Bert");
    const issue = await queue.issue("Delegate", ada.id);
    const task = await run();
    await queue.test.callAs(task.token, comments.add, {
      workspace,
      issue: issue.id,
      body: mention(bert),
    });
    const delegated = (await list()).find((item) => item.agentName === "Bert");
    expect(delegated).toMatchObject({ delegatedBy: task.taskId, hop: 1, status: "queued" });
    await expect(
      queue.test.callAs(task.token, tasks.cancel, { workspace, taskId: task.taskId }),
    ).rejects.toMatchObject({ code: "forbidden" });
    const stopped = await queue.test.callAs(task.token, tasks.cancel, {
      workspace,
      taskId: delegated?.id ?? task.taskId,
    });
    expect(stopped.status).toBe("cancelled");
  });

  it("INV-9 a rerun replaces unstarted work only and waits behind a run", async () => {
    const { alice, bob } = queue.test;
    const ada = await queue.agent("Ada");
    const issue = await queue.issue("Again", ada.id);
    const first = await run();
    await queue.machine.finish(first);
    const question = await queue.comment(bob, issue, mention(ada));
    const second = await run();
    await queue.rows(
      (sql) => sql`update tasks set status = 'running' where id = ${second.taskId} returning id`,
    );
    const third = await alice.call(tasks.rerun, { workspace, taskId: first.taskId });
    const fourth = await alice.call(tasks.rerun, { workspace, taskId: first.taskId });
    expect((await alice.call(tasks.get, { workspace, taskId: third.id })).status).toBe("cancelled");
    expect(fourth).toMatchObject({
      status: "queued",
      rerunOf: first.taskId,
      attempt: 1,
      hop: 0,
      waiting: { code: "slot_busy" },
      initiator: { id: alice.userId },
    });
    expect(await queue.machine.claim()).toEqual([]);
    expect(question.triggers).toMatchObject([{ effect: "queued" }]);
    await queue.machine.finish(second);
    expect(only(await queue.machine.claim()).taskId).toBe(fourth.id);
  });

  it("a rerun is refused to those who may not give the agent work, and replaces nothing", async () => {
    const { alice, bob } = queue.test;
    const ada = await queue.agent("Ada");
    await queue.issue("Again", ada.id);
    const first = await run();
    await queue.machine.finish(first);
    await alice.call(tasks.rerun, { workspace, taskId: first.taskId });
    await alice.call(agents.setAccess, {
      workspace,
      agentId: ada.id,
      access: "owner_only",
      allowedMemberIds: [],
    });
    await expect(bob.call(tasks.rerun, { workspace, taskId: first.taskId })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await list()).map((task) => task.status)).toEqual(["queued", "completed"]);
  });

  it("a deferred task runs now when somebody asks", async () => {
    const { alice } = queue.test;
    const ada = await queue.agent("Ada");
    await queue.issue("Later", ada.id);
    const first = await run();
    await queue.machine.finish(first, {
      status: "failed",
      failureReason: "agent_error.provider_quota_limit",
      retryAfterMs: 3_600_000,
    });
    const [waiting] = await list();
    if (!waiting) throw new Error("nothing waits");
    const now = await alice.call(tasks.runNow, { workspace, taskId: waiting.id });
    expect(now).toMatchObject({ status: "queued", fireAt: null });
    await expect(alice.call(tasks.runNow, { workspace, taskId: waiting.id })).rejects.toMatchObject(
      { reason: "task.not_deferred" },
    );
    expect(only(await queue.machine.claim()).taskId).toBe(waiting.id);
  });

  it("INV-116 every unstarted task says why, and clearing the reason changes it", async () => {
    const { alice } = queue.test;
    const ada = await queue.agent("Ada", { limit: 1 });
    await queue.issue("One", ada.id);
    const two = await queue.issue("Two", ada.id);
    const first = await run();
    const waiting = (await list()).find((task) => task.issueId === two.id);
    if (!waiting) throw new Error("nothing waits");
    const code = async (): Promise<string | undefined> =>
      (await alice.call(tasks.why, { workspace, taskId: waiting.id })).reasons[0]?.code;
    expect(await code()).toBe("agent_busy");
    await queue.machine.finish(first);
    expect(await code()).toBe("ready");
    queue.test.advance(46_000);
    expect(await code()).toBe("runtime_offline");
    await queue.machine.beat({ slots: { total: 4, free: 0 } });
    expect(await code()).toBe("machine_full");
    await queue.machine.beat();
    await run();
    const after = await alice.call(tasks.why, { workspace, taskId: waiting.id });
    expect(after).toEqual({ status: "running", reasons: [] });
  });

  it("INV-50 a chain stops at its hop limit with one notice, and a person continues it", async () => {
    const { alice } = queue.test;
    await alice.call(workspaces.update, { workspace, settings: { maxHops: 2 } });
    const ada = await queue.agent("Ada");
    const bert = await queue.agent("Bert");
    const issue = await queue.issue("Ping pong", ada.id);
    let last: ClaimedTask | null = null;
    let refused: string | null = null;
    for (let step = 0; step < 4; step += 1) {
      const task = await run();
      const other = task.agent.id === ada.id ? bert : ada;
      const reply = await queue.test.callAs(task.token, comments.add, {
        workspace,
        issue: issue.id,
        body: mention(other),
      });
      await queue.machine.finish(task);
      last = task;
      refused = reply.triggers[0]?.reason ?? null;
      if (refused !== null) break;
    }
    expect(refused).toBe("hop_limit_reached");
    expect(await queue.machine.claim()).toEqual([]);
    const said = await alice.call(comments.list, { workspace, issue: issue.id });
    const notices = said.items.filter((comment) => comment.kind === "system");
    expect(notices).toHaveLength(1);
    expect(only(notices).body).toContain("Continue");
    if (!last) throw new Error("nothing ran");
    const next = await alice.call(tasks.continueChain, { workspace, taskId: last.taskId });
    expect(next).toMatchObject({ hop: 0, originator: { id: alice.userId } });
    expect(await queue.machine.claim()).toHaveLength(1);
  });

  it("INV-32 an agent learns that a run which it asked for has failed", async () => {
    const ada = await queue.agent("Ada");
    const bert = await queue.agent("Bert");
    const issue = await queue.issue("Delegate", ada.id);
    const task = await run();
    await queue.test.callAs(task.token, comments.add, {
      workspace,
      issue: issue.id,
      body: mention(bert),
    });
    const delegated = await run();
    expect(delegated.agent.name).toBe("Bert");
    await queue.machine.finish(delegated, {
      status: "failed",
      failureReason: "agent_error.missing_config",
    });
    await queue.machine.finish(task);
    const told = await run();
    expect(told.agent.name).toBe("Ada");
    expect(told.turnPrompt).toContain("agent_error.missing_config");
    await queue.machine.finish(told);
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("INV-47 edits of an issue never stop a run", async () => {
    const { alice } = queue.test;
    const ada = await queue.agent("Ada");
    const bert = await queue.agent("Bert");
    const issue = await queue.issue("Edited", ada.id);
    const task = await run();
    for (const change of [
      { title: "New title" },
      { status: "done" as const },
      { assignee: { type: "agent" as const, id: bert.id } },
      { assignee: null },
    ]) {
      await alice.call(issues.update, { workspace, issue: issue.id, ...change });
    }
    expect(await queue.machine.finish(task)).toBe("stored");
  });

  it("INV-15 a deleted issue ends with no unfinished task, whoever comes first", async () => {
    const { alice, bob } = queue.test;
    const ada = await queue.agent("Ada");
    const issue = await queue.issue("Going away");
    const comment = (index: number): Promise<unknown> =>
      queue.comment(index % 2 === 0 ? alice : bob, issue, mention(ada));
    const results = await Promise.allSettled([
      ...Array.from({ length: 12 }, (_, index) => comment(index)),
      alice.call(issues.delete, { workspace, issue: issue.id }),
      ...Array.from({ length: 12 }, (_, index) => comment(index)),
    ]);
    expect(results[12]?.status).toBe("fulfilled");
    const unfinished = await queue.rows(
      (sql) => sql`select id from tasks where status in ('deferred', 'queued')`,
    );
    expect(unfinished).toEqual([]);
  });
});
