import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import { issues } from "@headcount/contract/issues/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import type { AgentId } from "@headcount/contract/kit/ids";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { createQueueTest, only, type QueueTest, workspace } from "./queue.fixture.ts";

describe("the steps of a run", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const head = ({ workspaceId, taskId, lease }: ClaimedTask) => ({ workspaceId, taskId, lease });
  const get = (task: ClaimedTask) =>
    queue.test.alice.call(tasks.get, { workspace, taskId: task.taskId });
  const wait = (task: ClaimedTask) =>
    queue.test.callAs(queue.machine.token, daemon.waiting, {
      ...head(task),
      directory: "~/shop",
      holder: "ACME-7",
    });

  it("waits for a directory under its lease, says who holds it, and starts once", async () => {
    const ada = await queue.agent("Ada");
    await queue.issue("Patient", ada.id);
    const task = only(await queue.machine.claim());
    await wait(task);
    const since = () => queue.rows((sql) => sql`select waiting_at from tasks`);
    const waitingSince = await since();
    expect(waitingSince).toEqual([{ waitingAt: expect.any(Date) }]);
    queue.test.advance(20_000);
    await wait(task);
    expect(await since()).toEqual(waitingSince);
    expect(await get(task)).toMatchObject({
      status: "waiting_directory",
      waiting: { code: "directory_busy", facts: { directory: "~/shop", holder: "ACME-7" } },
    });
    expect(await queue.machine.start(task)).toEqual(await queue.machine.start(task));
    await expect(wait(task)).rejects.toMatchObject({ reason: "lease_lost" });
    const issue = await queue.test.alice.call(issues.get, { workspace, issue: task.issue.id });
    expect(issue.firstStartedAt).not.toBeNull();
    expect(issue.liveTask).toMatchObject({ id: task.taskId, status: "running" });
  });

  it("a run without progress is shown as stalled until it moves again", async () => {
    const ada = await queue.agent("Ada");
    await queue.issue("Stuck", ada.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    const { cursor } = await queue.test.alice.call(changes.cursor, { workspace });
    const beat = (silentForMs: number, toolOpen = false) =>
      queue.machine.beat({ leases: [{ ...head(task), step: "running", silentForMs, toolOpen }] });
    await beat(9 * 60_000);
    expect((await get(task)).stalledSince).toBeNull();
    queue.test.advance(15_000);
    await beat(11 * 60_000);
    expect((await get(task)).stalledSince).not.toBeNull();
    queue.test.advance(15_000);
    await beat(11 * 60_000 + 15_000, true);
    expect(await get(task)).toMatchObject({ toolOpen: true });
    const issue = await queue.test.alice.call(issues.get, { workspace, issue: task.issue.id });
    expect(issue.liveTask).toMatchObject({ toolOpen: true, stalledSince: expect.any(String) });
    queue.test.advance(15_000);
    await beat(1_000);
    expect((await get(task)).stalledSince).toBeNull();
    const stalls = await queue.rows(
      (sql) => sql`select seq from changes where seq > ${cursor} and 'stalledSince' = any(changed)`,
    );
    expect(stalls).toHaveLength(2);
  });

  /** One task of an agent in every state in which a task can be unfinished. */
  const oneInEachState = async (): Promise<{ agentId: AgentId; leased: ClaimedTask[] }> => {
    const ada = await queue.agent("Ada");
    for (const title of ["deferred", "dispatched", "waiting", "running", "queued"]) {
      await queue.issue(title, ada.id);
    }
    const claimed = await queue.machine.claim({ max: 4 });
    const of = (title: string): ClaimedTask =>
      only(claimed.filter((task) => task.issue.title === title));
    await queue.machine.start(of("deferred"));
    await queue.machine.finish(of("deferred"), {
      status: "failed",
      failureReason: "agent_error.provider_quota_limit",
      retryAfterMs: 3_600_000,
    });
    await wait(of("waiting"));
    await queue.machine.start(of("running"));
    return { agentId: ada.id, leased: [of("dispatched"), of("waiting"), of("running")] };
  };
  const unfinished = async (): Promise<string[]> => {
    const rows = await queue.rows(
      (sql) => sql<{ status: string }[]>`select status from tasks
        where status not in ('completed', 'failed', 'cancelled') order by status`,
    );
    return rows.map((row) => row.status);
  };
  const each = ["deferred", "dispatched", "queued", "running", "waiting_directory"];

  it("INV-17 archiving an agent ends its tasks in every state and tells the machine", async () => {
    const { agentId, leased } = await oneInEachState();
    expect(await unfinished()).toEqual(each);
    await queue.test.alice.call(agents.archive, { workspace, agentId });
    expect(await unfinished()).toEqual([]);
    const reply = await queue.machine.beat({
      leases: leased.map((task) => ({ ...head(task), step: "running" as const })),
    });
    expect(reply.leases.map((lease) => lease.state)).toEqual(["cancel", "cancel", "cancel"]);
  });

  it("INV-15 deleting the workspace ends its tasks in every state", async () => {
    await oneInEachState();
    expect(await unfinished()).toEqual(each);
    await queue.test.alice.call(workspaces.delete, { workspace, confirmSlug: workspace });
    expect(await unfinished()).toEqual([]);
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("forgets ended tokens and answered claims, and keeps those that machines may ask about", async () => {
    const ada = await queue.agent("Ada");
    await queue.issue("Claimed", ada.id);
    await queue.machine.claim();
    await queue.machine.claim();
    const left = async (): Promise<number> =>
      (await queue.rows((sql) => sql`select claim_id from claims`)).length;
    expect(await left()).toBe(2);
    queue.test.advance(2 * 24 * 3_600_000);
    await queue.test.app.jobs.runNow("tasks.clean-up");
    expect(await left()).toBe(1);
    expect(await queue.rows((sql) => sql`select task_id from task_tokens`)).toEqual([]);
    queue.test.advance(14 * 24 * 3_600_000);
    await queue.test.app.jobs.runNow("tasks.clean-up");
    expect(await left()).toBe(0);
  });

  it("keeps raw transcripts for 180 days, and the task for good", async () => {
    const ada = await queue.agent("Ada");
    await queue.issue("Remembered", ada.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    const body = { seq: 1, type: "text" as const, content: "Hello" };
    await queue.machine.send([{ ...head(task), sequence: 1, kind: "transcript", body }]);
    await queue.machine.finish(task);
    const rowsAfter = async (days: number): Promise<number> => {
      queue.test.advance(days * 24 * 3_600_000);
      await queue.test.app.jobs.runNow("tasks.clean-up");
      return (await queue.rows((sql) => sql`select seq from task_messages`)).length;
    };
    expect(await rowsAfter(179)).toBe(1);
    expect(await rowsAfter(2)).toBe(0);
    expect(await queue.rows((sql) => sql`select result from tasks`)).toEqual([
      { result: "It works now." },
    ]);
  });
});
