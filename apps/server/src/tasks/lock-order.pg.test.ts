import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Agent } from "@headcount/contract/agents/schemas";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { ApiError } from "@headcount/client/api-error";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

const minuteMs = 60_000;
const each = <T, R>(list: readonly T[], act: (item: T, index: number) => Promise<R>) =>
  Promise.all(list.map(act));

/** A run that has not ended yet is not run again; anything else is an error. */
function refused(error: unknown): void {
  if (!(error instanceof ApiError) || error.code !== "conflict") throw error;
}

/**
 * Whoever waits for one another in a circle is torn apart by PostgreSQL after a second and tried
 * again, so a wrong order of locks shows only in its count of such circles.
 */
describe("the order of locks", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest({ reconnectGraceMs: 4 * minuteMs });
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const deadlocks = async (): Promise<number> => {
    const rows = await queue.rows(
      (sql) => sql<{ count: number }[]>`
        select deadlocks::int as count from pg_stat_database where datname = current_database()`,
    );
    return only(rows).count;
  };

  const startedTasks = async (staff: readonly Agent[], count: number): Promise<ClaimedTask[]> => {
    const owners = Array.from({ length: count }, (_, index) => staff[index % staff.length]);
    await each(owners, (owner, index) => queue.issue(`Work ${index}`, owner?.id));
    const claimed = await queue.machine.claim();
    expect(claimed).toHaveLength(count);
    await each(claimed, (task) => queue.machine.start(task));
    return claimed;
  };

  /** The machine is silent until its runs are presumed lost and their retries wait for it. */
  const loseMachine = async (runs: number): Promise<void> => {
    const countWaiting = async (): Promise<number> => {
      const rows = await queue.rows(
        (sql) =>
          sql`select id from tasks where status = 'deferred' and fire_reason = 'runtime_online'`,
      );
      return rows.length;
    };
    for (let minute = 0; minute < 30 && (await countWaiting()) < runs; minute += 1) {
      queue.test.advance(minuteMs);
      await queue.test.app.jobs.runNow("work.sweep");
    }
    expect(await countWaiting()).toBe(runs);
  };

  /** A slot has one task that waits and one that runs, at most, and nothing that nobody ends. */
  const expectSoundSlots = async (): Promise<void> => {
    const crowded = await queue.rows(
      (sql) => sql`select issue_id, agent_id from tasks
        where status in ('queued', 'dispatched', 'waiting_directory', 'running')
        group by issue_id, agent_id having count(*) > 1`,
    );
    expect(crowded).toEqual([]);
  };

  it.each([1, 2, 3])("a machine that returns reports and claims at once (%i)", async (round) => {
    const staff = await each(["Ada", "Grace", "Linus"], (name) => queue.agent(name, { limit: 20 }));
    const lost = await startedTasks(staff, 12);
    await loseMachine(lost.length);
    await queue.machine.beat();
    const reasons = ["agent_error.provider_network", "agent_error.missing_config", null];
    const report = (task: ClaimedTask, index: number): Promise<string> => {
      const failureReason = reasons[(index + round) % reasons.length] ?? null;
      const answer = failureReason === null ? `Ask ${mention(only(staff.slice(0, 1)))}.` : "";
      const status = failureReason === null ? "completed" : "failed";
      return queue.machine.finish(task, { status, failureReason, answer });
    };
    const claims = (count: number) =>
      each(Array.from({ length: count }), () => queue.machine.claim({ max: 3 }));
    const [, settled] = await Promise.all([
      claims(2 * round - 2),
      each(lost, report),
      claims(4),
      queue.test.app.jobs.runNow("tasks.promote"),
    ]);
    expect(settled.every((result) => ["stored", "late", "duplicate"].includes(result))).toBe(true);
    await expectSoundSlots();
    expect(await deadlocks()).toBe(0);
  });

  it.each([1, 2])("agents are archived while their runs fail (%i)", async () => {
    const names = ["Ada", "Grace", "Linus", "Edsger", "Barbara", "Alan"];
    const staff = await each(names, (name) => queue.agent(name));
    const running = await startedTasks(staff, 12);
    const reports = each(running, (task) =>
      queue.machine.finish(task, {
        status: "failed",
        failureReason: "agent_error.provider_network",
      }),
    );
    const archived = each(staff, ({ id }) =>
      queue.test.alice.call(agents.archive, { workspace, agentId: id }),
    );
    const claims = each([2, 2], (max) => queue.machine.claim({ max }));
    await Promise.all([reports, archived, claims]);
    const left = await queue.rows((sql) => sql`select id from tasks where outcome is null`);
    expect(left).toEqual([]);
    expect(await deadlocks()).toBe(0);
  });

  it.each([1, 2])("a runtime is removed while its runs end (%i)", async () => {
    const names = ["Ada", "Grace", "Linus", "Edsger"];
    const staff = await each(names, (name) => queue.agent(name));
    const running = await startedTasks(staff, 12);
    await Promise.all([
      each(running, (task, index) =>
        queue.machine.finish(
          task,
          index % 2 === 0
            ? { status: "failed", failureReason: "agent_error.provider_network" }
            : {},
        ),
      ),
      queue.test.alice.call(runtimes.removeAndDelete, {
        workspace,
        runtimeId: queue.machine.runtimeId,
        agentIds: staff.map(({ id }) => id),
      }),
      each([2, 2], (max) => queue.machine.claim({ max })),
    ]);
    expect(await deadlocks()).toBe(0);
  });

  /** Does something while somebody else holds rows. It would never end if it waited for them. */
  const whileHeld = async <T>(
    table: "issues" | "tasks",
    id: string,
    act: () => Promise<T>,
  ): Promise<T> => {
    const [result] = await queue.rows((sql) =>
      sql.begin(async (tx) => {
        await tx`select 1 from ${tx(table)} where id = ${id} for update`;
        return [{ value: await act() }];
      }),
    );
    if (!result) throw new Error("Nothing was done");
    return result.value;
  };
  const statusOf = async (where: { readonly kind: string }): Promise<string> => {
    const rows = await queue.rows(
      (sql) => sql<{ status: string }[]>`select status from tasks where kind = ${where.kind}`,
    );
    return only(rows).status;
  };

  it("a claim waits for no task of a slot in which it promotes", async () => {
    const { bob } = queue.test;
    const ada = await queue.agent("Ada");
    const bert = await queue.agent("Bert");
    const issue = await queue.issue("Whose thread", bert.id);
    const running = only(await queue.machine.claim());
    await queue.machine.start(running);
    const asked = await queue.comment(bob, issue, mention(ada));
    await queue.machine.start(only(await queue.machine.claim()));
    await queue.comment(bob, issue, "Anybody?", asked.id);
    expect(await statusOf({ kind: "fallback" })).toBe("deferred");
    await queue.issue("Other work", bert.id);
    queue.test.advance(6 * minuteMs);
    await queue.machine.beat();
    const claimed = await whileHeld("tasks", running.taskId, () => queue.machine.claim());
    expect(only(claimed).issue.title).toBe("Other work");
    expect(await statusOf({ kind: "fallback" })).toBe("deferred");
    await queue.machine.claim();
    expect(await statusOf({ kind: "fallback" })).toBe("queued");
  });

  it("a claim leaves a retry whose presumed end is just being reported otherwise", async () => {
    const [lost] = await startedTasks([await queue.agent("Ada")], 1);
    if (!lost) throw new Error("Nothing was started");
    await loseMachine(1);
    await queue.machine.beat();
    const claimed = await whileHeld("tasks", lost.taskId, () => queue.machine.claim());
    expect(claimed).toEqual([]);
    expect(only(await queue.machine.claim())).toMatchObject({ attempt: 2 });
    expect(await queue.machine.finish(lost)).toBe("late");
  });

  it("a claim waits for no issue whose work it has to refuse", async () => {
    const ada = await queue.agent("Ada");
    const issue = await queue.issue("Not for everybody");
    await queue.comment(queue.test.bob, issue, mention(ada));
    await queue.test.alice.call(agents.setAccess, {
      workspace,
      agentId: ada.id,
      access: "owner_only",
    });
    expect(await whileHeld("issues", issue.id, () => queue.machine.claim())).toEqual([]);
    expect(await statusOf({ kind: "comment" })).toBe("queued");
    expect(await queue.machine.claim()).toEqual([]);
    expect(await statusOf({ kind: "comment" })).toBe("cancelled");
  });

  it.each([1, 2, 3])("everything happens at once (%i)", async (round) => {
    const { alice, bob, app } = queue.test;
    const staff = await each(["Ada", "Grace", "Linus"], (name) => queue.agent(name, { limit: 20 }));
    const [ada] = staff;
    if (!ada) throw new Error("Nobody works here");
    const running = await startedTasks(staff, 12);
    const ends = [
      { failureReason: "agent_error.provider_quota_limit", retryAfterMs: 0 },
      { failureReason: "agent_error.provider_network" },
      { failureReason: "agent_error.missing_config" },
      { status: "completed", answer: `Ask ${mention(ada)}.` },
    ] as const;
    const reported = each(running, (task, index) =>
      queue.machine.finish(task, { status: "failed", ...ends[(index + round) % ends.length] }),
    );
    const others = each(running, async (task, index) => {
      const issue = { id: task.issue.id } as Issue;
      if (index % 3 === 0) await queue.comment(bob, issue, `${mention(ada)} look here`);
      if (index % 3 === 1) {
        await alice.call(tasks.rerun, { workspace, taskId: task.taskId }).catch(refused);
      }
      if (index % 3 === 2) {
        await alice.call(issues.update, { workspace, issue: issue.id, priority: "urgent" });
      }
    });
    const claimed = each([1, 2, 3, 4, 5, 6], async () => {
      const fresh = await queue.machine.claim({ max: 2 });
      await each(fresh, (task) => queue.machine.start(task));
      return each(fresh, (task) => queue.machine.finish(task));
    });
    const jobs = each(["tasks.promote", "work.sweep", "tasks.promote"], (job) =>
      app.jobs.runNow(job),
    );
    await Promise.all([reported, others, claimed, jobs]);
    await expectSoundSlots();
    expect(await deadlocks()).toBe(0);
  });
});
