import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Signal } from "../realtime/signals.ts";
import { asSystem } from "../testing/as-system.ts";
import { createQueueTest, only, type QueueTest, workspace } from "./queue.fixture.ts";
import { getTask, runningTask } from "./report.fixture.ts";
import { stopTasksForBudget } from "./stop-tasks-for-budget.ts";

const words = "Stopped by the budget “Design”. US$5.01 of US$5.00 are used.";
const stopped = { status: "failed", failureReason: "budget_stop" } as const;

describe("a limit stops a run", () => {
  let queue: QueueTest;
  let signals: Signal[];
  beforeEach(async () => {
    queue = await createQueueTest();
    signals = [];
    queue.test.app.signals.on((signal) => signals.push(signal));
  });
  afterEach(() => queue[Symbol.asyncDispose]());

  const stop = (...running: readonly ClaimedTask[]): Promise<number> =>
    asSystem(queue.test, (ctx) =>
      stopTasksForBudget(
        ctx,
        running.map((task) => task.taskId),
        { name: "Design", detail: "US$5.01 of US$5.00 are used." },
      ),
    );

  const heldBy = ({ workspaceId, taskId, lease }: ClaimedTask) => ({
    workspaceId,
    taskId,
    lease,
    step: "running" as const,
  });

  it("tells the machine with the commit, and again with every renewal until it has ended", async () => {
    const task = await runningTask(queue);
    expect(await stop(task)).toBe(1);
    const { taskId, lease } = task;
    expect(signals.filter((signal) => signal.topic === "daemon-stop")).toEqual([
      {
        topic: "daemon-stop",
        daemonId: queue.machine.daemonId,
        taskId,
        lease,
        reason: "budget_stop",
      },
    ]);
    const { leases } = await queue.machine.beat({ leases: [heldBy(task)] });
    expect(leases).toEqual([{ taskId, lease, state: "stop", reason: "budget_stop" }]);
    expect(await getTask(queue, task)).toMatchObject({ status: "running" });
    expect(await stop(task)).toBe(0);
  });

  it("the run ends with the words of the limit and goes on in the same session", async () => {
    const task = await runningTask(queue);
    await stop(task);
    expect(await queue.machine.finish(task, stopped)).toBe("stored");
    expect(await getTask(queue, task)).toMatchObject({ ...stopped, error: words });
    const next = only(await queue.machine.claim());
    expect(next).toMatchObject({
      attempt: 1,
      issue: { id: task.issue.id },
      resume: { sessionId: "session-1" },
    });
    const page = await queue.test.alice.call(tasks.list, { workspace });
    expect(page.items.find((item) => item.id === next.taskId)?.retryOf).toBe(task.taskId);
  });

  it("a run that was done when the word came is done", async () => {
    const task = await runningTask(queue);
    await stop(task);
    expect(await queue.machine.finish(task)).toBe("stored");
    expect(await getTask(queue, task)).toMatchObject({ status: "completed" });
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("a person's cancel wins over a stop", async () => {
    const task = await runningTask(queue);
    await stop(task);
    await queue.test.alice.call(tasks.cancel, { workspace, taskId: task.taskId });
    expect(await queue.machine.finish(task, stopped)).toBe("late");
    expect(await getTask(queue, task)).toMatchObject({ status: "cancelled" });
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("no machine can have its runs continued without end by calling them stopped", async () => {
    const task = await runningTask(queue);
    await queue.machine.finish(task, stopped);
    expect(await getTask(queue, task)).toMatchObject({
      status: "failed",
      failureReason: "agent_error.unknown",
    });
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("INV-101 a stop counts for one lease: a run of the same task under another one goes on", async () => {
    const task = await runningTask(queue);
    await stop({ ...task });
    const [row] = await queue.rows(
      (sql) => sql<{ lease: number }[]>`
        update tasks set lease = lease + 1 where id = ${task.taskId} returning lease`,
    );
    const next = { ...heldBy(task), lease: row?.lease ?? 0 };
    const { leases } = await queue.machine.beat({ leases: [next] });
    expect(leases).toMatchObject([{ state: "ok" }]);
  });

  it("passes over what no machine holds", async () => {
    const task = await runningTask(queue);
    await queue.machine.finish(task);
    expect(await stop(task)).toBe(0);
    expect(signals.filter((signal) => signal.topic === "daemon-stop")).toEqual([]);
  });
});
