import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { createQueueTest, only, type QueueTest, workspace } from "./queue.fixture.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe("the sweep", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  /** Lets time pass as a running server sees it: a sweep every minute. */
  const pass = async (ms: number, eachMinute: () => Promise<unknown> = async () => {}) => {
    for (let passed = 0; passed < ms; passed += minuteMs) {
      queue.test.advance(minuteMs);
      await eachMinute();
      await queue.test.app.jobs.runNow("work.sweep");
      await queue.test.app.jobs.runNow("tasks.promote");
    }
  };
  /** The same in larger steps, kept below the gap that restarts the watch. */
  const skip = async (ms: number) => {
    await queue.rows(
      (sql) => sql`update liveness_watch set swept_at = swept_at + ${ms} * interval '1 millisecond'
        returning workspace_id`,
    );
    queue.test.advance(ms);
    await pass(minuteMs);
  };
  const run = async (): Promise<ClaimedTask> => {
    const agent = await queue.agent("Ada");
    await queue.issue("Work", agent.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    return task;
  };
  const all = async (): Promise<Task[]> =>
    (await queue.test.alice.call(tasks.list, { workspace })).items;
  const isOnline = async (): Promise<boolean> => {
    const rows = await queue.rows((sql) => sql<{ online: boolean }[]>`select online from runtimes`);
    return only(rows).online;
  };

  it("INV-85 a silent machine is offline after 150 seconds, a beating one never", async () => {
    await pass(5 * minuteMs, () => queue.machine.beat());
    expect(await isOnline()).toBe(true);
    await pass(3 * minuteMs);
    expect(await isOnline()).toBe(false);
    await queue.machine.beat();
    expect(await isOnline()).toBe(true);
  });

  it("INV-85 nobody is judged for 150 seconds after the server was away", async () => {
    await pass(4 * minuteMs, () => queue.machine.beat());
    queue.test.advance(10 * minuteMs);
    await pass(2 * minuteMs);
    expect(await isOnline()).toBe(true);
    await queue.machine.beat();
    await pass(3 * minuteMs, () => queue.machine.beat());
    expect(await isOnline()).toBe(true);
  });

  it("INV-85 nobody is judged for 150 seconds after the database lost its heartbeats", async () => {
    await pass(4 * minuteMs, () => queue.machine.beat());
    await queue.rows((sql) => sql`delete from daemon_liveness returning daemon_id`);
    await queue.rows((sql) => sql`delete from liveness_watch returning workspace_id`);
    await queue.rows(
      (sql) =>
        sql`update runtimes set last_seen_at = last_seen_at - interval '1 hour' returning id`,
    );
    await pass(2 * minuteMs);
    expect(await isOnline()).toBe(true);
  });

  it("INV-7 thirty hours on a beating machine fail nothing", async () => {
    const task = await run();
    const { workspaceId, taskId, lease } = task;
    await pass(4 * minuteMs, () => queue.machine.beat());
    for (let hour = 0; hour < 30; hour += 1) {
      await queue.rows(
        (sql) => sql`update liveness_watch set swept_at = swept_at + interval '1 hour'
          returning workspace_id`,
      );
      queue.test.advance(hourMs);
      await queue.machine.beat({ leases: [{ workspaceId, taskId, lease, step: "running" }] });
      await queue.test.app.jobs.runNow("work.sweep");
    }
    expect(await queue.machine.finish(task)).toBe("stored");
    expect(only(await all())).toMatchObject({ status: "completed", attempt: 1 });
  });

  it("a run on a lost machine fails after three hours and waits for the machine's return", async () => {
    const task = await run();
    await pass(4 * minuteMs);
    await skip(3 * hourMs);
    const [retry, lost] = await all();
    expect(lost).toMatchObject({ status: "failed", failureReason: "runtime_offline" });
    expect(retry).toMatchObject({
      status: "deferred",
      attempt: 2,
      retryOf: task.taskId,
      waiting: { code: "runtime_offline" },
    });
    await queue.machine.beat();
    expect(only(await queue.machine.claim())).toMatchObject({ taskId: retry?.id, attempt: 2 });
  });

  it("the operator decides how long a lost machine may take to come back", async () => {
    await queue[Symbol.asyncDispose]();
    queue = await createQueueTest({ reconnectGraceMs: 10 * minuteMs });
    await run();
    await pass(9 * minuteMs);
    expect(only(await all()).status).toBe("running");
    await pass(2 * minuteMs);
    const [retry, lost] = await all();
    expect(lost).toMatchObject({ status: "failed", failureReason: "runtime_offline" });
    expect(retry?.status).toBe("deferred");
    await pass(11 * minuteMs);
    expect((await all())[0]).toMatchObject({ failureReason: "runtime_reconnect_timeout" });
  });

  it("INV-104 a true late result beats the presumed loss and its unclaimed retry", async () => {
    const task = await run();
    await pass(4 * minuteMs);
    await skip(3 * hourMs);
    expect(await queue.machine.finish(task, { answer: "Done after all." })).toBe("stored");
    const [retry, first] = await all();
    expect(first).toMatchObject({ status: "completed", outcome: "done", failureReason: null });
    expect(retry).toMatchObject({ status: "cancelled" });
    const { items } = await queue.test.alice.call(comments.list, {
      workspace,
      issue: task.issue.id,
    });
    expect(items.map((comment) => comment.body)).toEqual(["Done after all."]);
  });

  it("INV-104 after the retry was claimed the late result is kept, unposted", async () => {
    const task = await run();
    await pass(4 * minuteMs);
    await skip(3 * hourMs);
    await queue.machine.beat();
    const retry = only(await queue.machine.claim());
    expect(await queue.machine.finish(task, { answer: "Too late." })).toBe("late");
    const kept = await queue.rows(
      (sql) => sql`select status, superseded_result->>'answer' as answer from tasks
        where id = ${task.taskId}`,
    );
    expect(kept).toEqual([{ status: "failed", answer: "Too late." }]);
    await queue.machine.start(retry);
    await queue.machine.finish(retry);
    const { items } = await queue.test.alice.call(comments.list, {
      workspace,
      issue: task.issue.id,
    });
    expect(items.map((comment) => comment.body)).toEqual(["It works now."]);
  });

  it("a machine that does not come back within the grace ends the wait", async () => {
    await run();
    await pass(4 * minuteMs);
    await skip(3 * hourMs);
    await skip(3 * hourMs + minuteMs);
    const [retry] = await all();
    expect(retry).toMatchObject({
      status: "failed",
      failureReason: "runtime_reconnect_timeout",
    });
  });

  it("INV-1 work that no machine takes fails after two hours with a way on", async () => {
    const agent = await queue.agent("Ada");
    const issue = await queue.issue("Nobody is there", agent.id);
    await pass(4 * minuteMs);
    await skip(2 * hourMs);
    const task = only(await all());
    expect(task).toMatchObject({ status: "failed", failureReason: "queued_expired" });
    expect(task.remedy).toContain("headcount daemon start");
    const { items } = await queue.test.alice.call(comments.list, { workspace, issue: issue.id });
    expect(only(items).body).toContain("queued_expired");
  });

  it("INV-1 a heap of such work is cleared a bounded part at a time", async () => {
    const agent = await queue.agent("Ada");
    for (let number = 0; number < 130; number += 1) await queue.issue(`Work ${number}`, agent.id);
    const left = async (): Promise<number> =>
      (await queue.rows((sql) => sql`select id from tasks where status = 'queued'`)).length;
    await pass(4 * minuteMs);
    await skip(2 * hourMs);
    expect(await left()).toBe(30);
    await pass(minuteMs);
    expect(await left()).toBe(0);
  });

  it("a claimed task that shows no sign of life is tried again after five minutes", async () => {
    const agent = await queue.agent("Ada");
    await queue.issue("Forgotten", agent.id);
    const task = only(await queue.machine.claim());
    await pass(7 * minuteMs, () => queue.machine.beat());
    const [retry, first] = await all();
    expect(first).toMatchObject({ id: task.taskId, status: "failed", failureReason: "timeout" });
    expect(retry).toMatchObject({ status: "queued", attempt: 2, retryOf: task.taskId });
    await expect(queue.machine.start(task)).rejects.toMatchObject({ reason: "lease_lost" });
  });

  it("INV-12 fifty due tasks of one slot become one, and one bad row harms no other", async () => {
    const ada = await queue.agent("Ada");
    const bert = await queue.agent("Bert");
    const issue = await queue.issue("Crowd");
    const other = await queue.issue("Bystander");
    const defer = (issueId: string, agentId: string, count: number): Promise<unknown> =>
      queue.rows(
        (sql) => sql`insert into tasks (workspace_id, id, issue_id, agent_id, kind, status, fire_at,
            fire_reason, queued_at, initiator_type, initiator_id, originator_id, accountable_id,
            attribution)
          select ${queue.test.workspaceId}, gen_random_uuid(), ${issueId}, ${agentId}, 'comment',
            'deferred', now() - interval '1 minute', 'retry', now(), 'member',
            ${queue.test.alice.userId}, ${queue.test.alice.userId}, ${queue.test.alice.userId},
            '{"source":"direct_human"}'
          from generate_series(1, ${count}) returning id`,
      );
    await defer(issue.id, ada.id, 50);
    await defer(other.id, bert.id, 1);
    await queue.rows(async (sql) => {
      await sql.unsafe(`create or replace function refuse() returns trigger language plpgsql as $$ begin
        if new.agent_id = '${bert.id}' then raise 'corrupt'; end if; return new; end $$`);
      await sql.unsafe(
        "create trigger refuse before update on tasks for each row execute function refuse()",
      );
      return [];
    });
    await Promise.all([
      queue.machine.claim({ max: 1 }),
      queue.test.app.jobs.runNow("tasks.promote"),
    ]);
    const rows = await queue.rows(
      (sql) => sql`select status, count(*)::int as count from tasks where agent_id = ${ada.id}
        group by status order by status`,
    );
    const byStatus = new Map(
      rows.map((row) => [String(Reflect.get(row, "status")), Number(Reflect.get(row, "count"))]),
    );
    expect(byStatus.get("cancelled")).toBe(49);
    expect((byStatus.get("queued") ?? 0) + (byStatus.get("dispatched") ?? 0)).toBe(1);
    const bad = await queue.rows(
      (sql) => sql`select status from tasks where agent_id = ${bert.id}`,
    );
    expect(bad).toEqual([{ status: "deferred" }]);
  });

  it("ends what waits on a runtime that people removed", async () => {
    const task = await run();
    const agents = [task.agent.id];
    await queue.test.alice.call(runtimes.removeAndDelete, {
      workspace,
      runtimeId: queue.machine.runtimeId,
      agentIds: agents,
    });
    expect(only(await all())).toMatchObject({ status: "cancelled" });
    const reply = await queue.machine.beat();
    expect(only(reply.runtimes).state).toBe("gone");
    const issue = await queue.test.alice.call(issues.get, { workspace, issue: task.issue.id });
    expect(issue.liveTask).toBeNull();
  });
});
