import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AgentId, TaskId } from "@headcount/contract/kit/ids";
import { agents } from "@headcount/contract/agents/routes";
import { runaway } from "@headcount/contract/runaway/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { setWorkspace } from "../platform/database.ts";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { getTask, runningTask } from "../tasks/report.fixture.ts";
import { book, usageOf } from "../usage/ledger/usage.fixture.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** In the middle of a quarter of an hour. */
const startsAt = new Date("2026-11-18T10:07:30Z");

describe("the guard against runaway agents", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest({ startsAt });
  });
  afterEach(() => queue[Symbol.asyncDispose]());

  const look = (): Promise<void> => queue.test.app.jobs.runNow("runaway.watch");
  const holds = async (lifted = false) =>
    (await queue.test.alice.call(runaway.holds, { workspace, lifted })).items;
  const release = (agentId: AgentId, by = queue.test.alice) =>
    by.call(runaway.release, { workspace, agentId, note: "Looked at it." });

  /** The tutorial's model costs 5 dollars per million tokens of output. */
  const spend = (id: TaskId, dollars: number, key: string, ageMs = 0) =>
    book(queue.test, [usageOf({ id }, { key, output: dollars * 200_000, ageMs })]);

  /** Ten quarters with a dollar each, some days ago. */
  async function giveHabits(id: TaskId): Promise<void> {
    await setStarted(id, new Date(queue.test.now().getTime() - 3 * dayMs));
    await queue.rows(
      (sql) =>
        sql`update workspaces set created_at = created_at - interval '4 days' returning slug`,
    );
    const habits = Array.from({ length: 10 }, (_, quarter) =>
      usageOf(
        { id },
        {
          key: `habit ${quarter}`,
          output: 200_000,
          ageMs: 2 * dayMs + quarter * 15 * minuteMs,
        },
      ),
    );
    const booked = await book(queue.test, habits);
    expect(new Set(booked.map(({ result }) => result))).toEqual(new Set(["stored"]));
  }

  const setStarted = (id: TaskId, at: Date) =>
    queue.rows(
      (sql) => sql`update tasks set queued_at = ${at}, dispatched_at = ${at},
      started_at = ${at} where id = ${id} returning id`,
    );

  it("holds an agent that spends far above its own history, stops its run, and a person lets both go on", async () => {
    const task = await runningTask(queue, "Spend");
    const agentId = task.agent.id;
    await giveHabits(task.taskId);
    await spend(task.taskId, 7.5, "busy");
    await look();
    expect(await holds()).toEqual([]);

    await spend(task.taskId, 0.5, "one more");
    await look();
    const hold = only(await holds());
    const { readiness } = await queue.test.alice.call(agents.get, { workspace, agentId });
    expect(readiness).toMatchObject({ verdict: "waitable", reason: "held_by_guard" });
    expect(hold).toMatchObject({
      agentId,
      kind: "velocity",
      detail: expect.stringMatching(/used US\$8\.00 .* rarely exceeds US\$1\.00/),
    });
    const { leases } = await queue.machine.beat({
      leases: [{ ...task, step: "running", silentForMs: 0, toolOpen: false }],
    });
    expect(leases).toMatchObject([{ state: "stop", reason: "runaway_stop" }]);
    await queue.machine.finish(task, { status: "failed", failureReason: "runaway_stop" });
    expect(await getTask(queue, task)).toMatchObject({
      failureReason: "runaway_stop",
      error: hold.detail,
    });
    expect(await queue.machine.claim()).toEqual([]);
    const waiting = only(
      (await queue.test.alice.call(tasks.list, { workspace, status: ["queued"] })).items,
    );
    const why = await queue.test.alice.call(tasks.why, { workspace, taskId: waiting.id });
    expect(why.reasons[0]).toMatchObject({
      code: "held_by_guard",
      detail: expect.stringContaining(hold.detail),
    });

    expect(await release(agentId)).toMatchObject({ id: hold.id, liftedAt: expect.any(String) });
    await look();
    expect(await holds()).toEqual([]);
    expect(only(await queue.machine.claim())).toMatchObject({
      taskId: waiting.id,
      resume: { sessionId: "session-1" },
    });
    expect(only(await holds(true)).liftedBy).toBe(queue.test.alice.userId);
    await expect(release(agentId)).rejects.toMatchObject({ reason: "runaway.not_held" });
  });

  it("counts again from the moment at which a person let the agent go on, and nothing before it", async () => {
    const task = await runningTask(queue, "Again");
    const agentId = task.agent.id;
    await giveHabits(task.taskId);
    await spend(task.taskId, 9, "storm");
    await look();
    await release(agentId);
    queue.test.advance(2 * minuteMs);
    await spend(task.taskId, 9, "late news of the storm", 3 * minuteMs);
    await spend(task.taskId, 7.5, "new", minuteMs);
    await look();
    expect(await holds()).toEqual([]);
    await spend(task.taskId, 0.5, "one more");
    await look();
    expect(only(await holds())).toMatchObject({
      kind: "velocity",
      detail: expect.stringMatching(/used US\$8\.00 /),
    });
  });

  it("looks away where it is switched off, and where an agent is only as busy as ever", async () => {
    const task = await runningTask(queue, "Busy");
    await giveHabits(task.taskId);
    await spend(task.taskId, 20, "much");
    const off = { workspace, settings: { runawayFactor: 0 } };
    await queue.test.alice.call(workspaces.update, off);
    await look();
    expect(await holds()).toEqual([]);
    const lenient = { workspace, settings: { runawayFactor: 30 } };
    await queue.test.alice.call(workspaces.update, lenient);
    await look();
    expect(await holds()).toEqual([]);
  });

  it("holds an agent that is started over and over on one issue", async () => {
    const task = await runningTask(queue, "Storm");
    await startedAgain(task.taskId, 10, minuteMs / 2, "done");
    await look();
    expect(await holds()).toEqual([]);
    await startedAgain(task.taskId, 1, minuteMs, "done");
    await look();
    expect(only(await holds())).toMatchObject({
      kind: "trigger_storm",
      issueKey: task.issue.key,
      facts: { tasks: 12 },
    });
  });

  it("holds an agent whose runs on an issue start again without ever having an effect", async () => {
    const task = await runningTask(queue, "Loop");
    await startedAgain(task.taskId, 5, 15 * minuteMs, "no_response");
    await look();
    expect(await holds()).toEqual([]);
    await startedAgain(task.taskId, 1, 14 * minuteMs, "no_response");
    await look();
    expect(only(await holds())).toMatchObject({ kind: "loop", facts: { runs: 6 } });
  });

  it("holds an agent whose run makes the same call again and again, and not one that works", async () => {
    const task = await runningTask(queue, "Repeat");
    const call = (seq: number, command: string) => ({
      kind: "transcript" as const,
      workspaceId: task.workspaceId,
      taskId: task.taskId,
      lease: task.lease,
      sequence: seq,
      ageMs: 0,
      body: { seq, type: "tool_use" as const, tool: "Bash", content: "", input: { command } },
    });
    const different = Array.from({ length: 60 }, (_, seq) => call(seq, `make step-${seq}`));
    await queue.machine.send(different);
    await look();
    expect(await holds()).toEqual([]);
    await queue.machine.send(Array.from({ length: 30 }, (_, seq) => call(100 + seq, "make")));
    await look();
    expect(only(await holds())).toMatchObject({ kind: "loop", facts: { tool: "Bash", times: 30 } });
  });

  it("only its owner and admins let an agent go on, never an agent; others do not hear of closed ones", async () => {
    const task = await runningTask(queue, "Rights");
    await startedAgain(task.taskId, 11, minuteMs / 4, "done");
    await look();
    const agentId = task.agent.id;
    await expect(release(agentId, queue.test.bob)).rejects.toMatchObject({
      reason: "role_required",
    });
    await expect(
      queue.test.callAs(task.token, runaway.release, { workspace, agentId }),
    ).rejects.toMatchObject({ reason: "human_required" });
    const seen = await queue.test.bob.call(runaway.holds, { workspace });
    expect(only(seen.items).mayRelease).toBe(false);
    expect(only(await holds()).mayRelease).toBe(true);
    await queue.rows(
      (sql) => sql`update agents set access = 'owner_only' where id = ${agentId} returning id`,
    );
    expect((await queue.test.bob.call(runaway.holds, { workspace })).items).toEqual([]);
    await expect(release(agentId, queue.test.bob)).rejects.toMatchObject({ code: "not_found" });
    await release(agentId);
  });

  it("the queue does not expire while an agent is held", async () => {
    const task = await runningTask(queue, "Patience");
    await startedAgain(task.taskId, 11, minuteMs / 4, "done");
    await look();
    await queue.machine.finish(task, { status: "failed", failureReason: "runaway_stop" });
    queue.test.advance(dayMs);
    await queue.machine.beat();
    await queue.test.app.jobs.runNow("work.sweep");
    const { items } = await queue.test.alice.call(tasks.list, { workspace, status: ["queued"] });
    expect(items).toHaveLength(1);
  });

  /** More runs like a task that nobody in person has started, the latest ones ended just now. */
  async function startedAgain(
    id: TaskId,
    count: number,
    stepMs: number,
    outcome: "done" | "no_response",
  ): Promise<void> {
    const { test } = queue;
    await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`
        insert into tasks (workspace_id, id, issue_id, agent_id, kind, status, outcome, queued_at,
          started_at, ended_at, lease, initiator_type, originator_id, accountable_id)
        select workspace_id, gen_random_uuid(), issue_id, agent_id, 'comment', 'completed',
          ${outcome}, made.at, made.at, made.at, 1, 'agent', originator_id, accountable_id
        from tasks, (select ${test.now()}::timestamptz - place * ${stepMs} * interval '1 millisecond'
          as at from generate_series(1, ${count}) as place) as made
        where id = ${id}`;
    });
  }
});
