import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import type { Agent } from "@headcount/contract/agents/schemas";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { createTestMachine } from "../testing/test-machine.ts";
import { createQueueTest, only, type QueueTest, workspace } from "./queue.fixture.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe("a provider's quota", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  /** The machine stays alive while time passes. */
  const pass = async (ms: number): Promise<void> => {
    queue.test.advance(ms);
    await queue.machine.beat();
  };
  const claimOne = async (): Promise<ClaimedTask> => {
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    return task;
  };
  const start = async (agent: Agent, title: string): Promise<ClaimedTask> => {
    await queue.issue(title, agent.id);
    return claimOne();
  };
  const exhaust = (task: ClaimedTask, retryAfterMs: number | null): Promise<string> =>
    queue.machine.finish(task, {
      status: "failed",
      failureReason: "agent_error.provider_quota_limit",
      retryAfterMs,
    });
  const list = async (): Promise<Task[]> =>
    (await queue.test.alice.call(tasks.list, { workspace })).items;
  const find = async (title: string): Promise<Task> => {
    const [task] = (await list()).filter((item) => item.issueTitle === title);
    if (!task) throw new Error(`Nothing was asked for on ${title}`);
    return task;
  };
  const setKey = (agent: Agent) =>
    queue.test.alice.call(agents.setEnvironment, {
      workspace,
      agentId: agent.id,
      variables: { ANTHROPIC_API_KEY: "sk-ant-own" },
    });

  it("INV-123 keeps every agent on the runtime waiting until the reset, and says so", async () => {
    const [ada, bob] = [await queue.agent("Ada"), await queue.agent("Bob")];
    const failedAt = queue.test.now().getTime();
    await exhaust(await start(ada, "Refused"), 2 * hourMs);
    await queue.issue("Queued behind it", bob.id);
    expect(await queue.machine.claim()).toEqual([]);
    const { reasons } = await queue.test.alice.call(tasks.why, {
      workspace,
      taskId: (await find("Queued behind it")).id,
    });
    expect(reasons[0]).toMatchObject({
      code: "quota_wait",
      facts: { provider: "anthropic", account: null },
    });
    const until = Date.parse(String(reasons[0]?.facts["until"]));
    expect(until).toBeGreaterThanOrEqual(failedAt + 2 * hourMs);
    expect(until).toBeLessThan(failedAt + 2 * hourMs + minuteMs);
    expect((await find("Refused")).waiting?.code).toBe("quota_wait");
    await pass(2 * hourMs + minuteMs + 1_000);
    const claimed = await queue.machine.claim();
    expect(claimed.map((task) => task.issue.title).toSorted()).toEqual([
      "Queued behind it",
      "Refused",
    ]);
  });

  it("counts an agent with keys of its own for itself", async () => {
    const [ada, eve] = [await queue.agent("Ada"), await queue.agent("Eve")];
    await setKey(eve);
    await exhaust(await start(ada, "On the machine's account"), hourMs);
    const own = await start(eve, "On her own account");
    await exhaust(own, 3 * hourMs);
    expect((await find("On her own account")).waiting).toMatchObject({
      code: "quota_wait",
      detail: expect.stringContaining("Eve's own account"),
      facts: { account: "Eve" },
    });
    await pass(hourMs + minuteMs + 1_000);
    expect(only(await queue.machine.claim()).issue.title).toBe("On the machine's account");
  });

  it("leaves other runtimes alone; an agent that moves there goes on at once", async () => {
    const ada = await queue.agent("Ada");
    await exhaust(await start(ada, "Moves"), 5 * hourMs);
    const other = await createTestMachine(queue.test, queue.test.alice);
    await queue.test.alice.call(agents.update, {
      workspace,
      agentId: ada.id,
      runtimeId: other.runtimeId,
    });
    await other.beat();
    expect(only(await other.claim()).issue.title).toBe("Moves");
  });

  it("is over when a run of the account comes through, and others retry within a minute", async () => {
    const [ada, bob, eve] = [
      await queue.agent("Ada"),
      await queue.agent("Bob"),
      await queue.agent("Eve"),
    ];
    await setKey(eve);
    const luckier = await start(bob, "Luckier");
    const own = await start(eve, "On her own account");
    await exhaust(await start(ada, "Refused"), 5 * hourMs);
    await queue.machine.finish(own);
    expect((await find("Refused")).waiting?.code).toBe("quota_wait");
    await queue.machine.finish(luckier);
    expect((await find("Refused")).waiting?.code).toBe("scheduled");
    await queue.issue("New", bob.id);
    expect(only(await queue.machine.claim()).issue.title).toBe("New");
    await pass(minuteMs + 1_000);
    expect(only(await queue.machine.claim()).issue.title).toBe("Refused");
  });

  it.each([null, 8 * 24 * hourMs])("a reset in %s ms is not remembered", async (retryAfterMs) => {
    const ada = await queue.agent("Ada");
    await exhaust(await start(ada, "Refused"), retryAfterMs);
    await queue.issue("Next", ada.id);
    expect(only(await queue.machine.claim()).issue.title).toBe("Next");
  });

  it("of two announced resets the later one counts", async () => {
    const ada = await queue.agent("Ada");
    const [first, second] = [await start(ada, "First"), await start(ada, "Second")];
    await exhaust(first, 5 * hourMs);
    await exhaust(second, hourMs);
    await pass(2 * hourMs);
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("is asked for once more when a person wants to run what waits for it", async () => {
    const { alice } = queue.test;
    const ada = await queue.agent("Ada");
    await exhaust(await start(ada, "Refused"), 5 * hourMs);
    await queue.issue("Queued", ada.id);
    const queued = await find("Queued");
    expect(queued).toMatchObject({ status: "queued", waiting: { code: "quota_wait" } });
    const asked = await alice.call(tasks.runNow, { workspace, taskId: queued.id });
    expect(asked.waiting?.code).not.toBe("quota_wait");
    const again = await claimOne();
    expect(again.taskId).toBe(queued.id);
    await exhaust(again, 4 * hourMs);
    expect(await queue.machine.claim()).toEqual([]);
  });

  it("does not let work expire while it lasts, nor right after it", async () => {
    const ada = await queue.agent("Ada");
    await exhaust(await start(ada, "Refused"), 5 * hourMs);
    await queue.issue("Queued", ada.id);
    const sweepAfter = async (ms: number): Promise<void> => {
      await queue.rows(
        (
          sql,
        ) => sql`update liveness_watch set swept_at = swept_at + ${ms} * interval '1 millisecond'
          returning workspace_id`,
      );
      await pass(ms);
      await queue.test.app.jobs.runNow("work.sweep");
    };
    await queue.test.app.jobs.runNow("work.sweep");
    await sweepAfter(4 * minuteMs);
    await sweepAfter(4 * hourMs);
    expect((await find("Queued")).status).toBe("queued");
    await sweepAfter(2 * hourMs);
    expect(await find("Queued")).toMatchObject({ status: "queued", waiting: { code: "ready" } });
    await sweepAfter(2 * hourMs);
    await sweepAfter(minuteMs);
    expect(await find("Queued")).toMatchObject({ failureReason: "queued_expired" });
    expect(await queue.rows((sql) => sql`select provider from quota_waits`)).toEqual([]);
  });

  it("INV-29 changes of it are told to those who see the runtime", async () => {
    const ada = await queue.agent("Ada");
    const [refused, luckier] = [await start(ada, "Refused"), await start(ada, "Luckier")];
    const told = async (): Promise<number> =>
      (await queue.rows((sql) => sql`select seq from changes where type = 'runtime.updated'`))
        .length;
    const before = await told();
    await exhaust(refused, hourMs);
    expect(await told()).toBe(before + 1);
    await queue.machine.finish(luckier);
    expect(await told()).toBe(before + 2);
  });
});
