import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import type { ClaimedTask } from "@headcount/contract/daemon/schemas";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { createTestMachine } from "../testing/test-machine.ts";
import { claimTasks } from "./claim-tasks.ts";
import { createQueueTest, mention, only, type QueueTest, workspace } from "./queue.fixture.ts";

describe("claiming", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const ids = (tasks: readonly ClaimedTask[]): string[] => tasks.map((task) => task.taskId);

  it("INV-4 the same claim repeated ten times at once hands out one set of tasks", async () => {
    const agent = await queue.agent("Ada", { limit: 50 });
    for (const title of ["a", "b", "c", "d", "e"]) await queue.issue(title, agent.id);
    const claimId = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => queue.machine.claim({ claimId, max: 3 })),
    );
    const [first] = answers;
    expect(ids(first ?? [])).toHaveLength(3);
    for (const answer of answers) {
      expect(ids(answer)).toEqual(ids(first ?? []));
      expect(answer.map((task) => task.token)).toEqual((first ?? []).map((task) => task.token));
    }
    const dispatched = await queue.rows(
      (sql) => sql`select id from tasks where status = 'dispatched'`,
    );
    expect(dispatched).toHaveLength(3);
  });

  it("INV-16 24 claims at once never take an agent beyond its limit, whatever arrives meanwhile", async () => {
    const agent = await queue.agent("Ada", { limit: 3 });
    for (let index = 0; index < 4; index += 1) await queue.issue(`Issue ${index}`, agent.id);
    const assignee = { type: "agent", id: agent.id } as const;
    const urgent = (title: string): Promise<unknown> =>
      queue.test.alice.call(issues.create, { workspace, title, priority: "urgent", assignee });
    const claims = Array.from({ length: 24 }, async (_, index) => {
      if (index % 3 === 0) await urgent(`Urgent ${index}`);
      return queue.machine.claim({ max: 1 });
    });
    expect((await Promise.all(claims)).flat()).toHaveLength(3);
  });

  it("INV-16 a claim waits for one under way and counts what that one took", async () => {
    const agent = await queue.agent("Ada", { limit: 1 });
    const issue = await queue.issue("First", agent.id);
    const later = await queue.issue("Later");
    const { machine, test } = queue;
    const gate = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const underWay = test.app.runner.inWorkspace({
      workspaceId: test.workspaceId,
      mode: "write",
      request: { ipPrefix: null, userAgent: "" },
      resolveActor: async () => ({
        kind: "daemon",
        daemonId: machine.daemonId,
        userId: test.alice.userId,
      }),
      run: async (ctx) => {
        const { daemonId, runtimeId } = machine;
        const claim = { claimId: randomUUID(), daemonId, runtimeIds: [runtimeId], max: 1 };
        const tasks = await claimTasks(ctx, claim);
        taken.resolve();
        await gate.promise;
        return tasks;
      },
    });
    await taken.promise;
    await queue.rows(
      (sql) => sql`insert into tasks (workspace_id, id, issue_id, agent_id, kind, status, priority,
          queued_at, initiator_type, initiator_id, originator_id, accountable_id, attribution)
        select workspace_id, gen_random_uuid(), ${later.id}, agent_id, kind, 'queued', 4, queued_at,
          initiator_type, initiator_id, originator_id, accountable_id, attribution
        from tasks where issue_id = ${issue.id} returning id`,
    );
    const second = machine.claim({ max: 1 });
    const isWaiting = async (): Promise<boolean> => {
      const rows = await queue.rows(
        (sql) => sql`select pid from pg_stat_activity
          where wait_event_type = 'Lock' and query like '%from agents a%' and datname = current_database()`,
      );
      return rows.length > 0;
    };
    await waitFor(isWaiting, { describe: "the second claim to wait" });
    gate.resolve();
    expect((await underWay).value).toHaveLength(1);
    expect(await second).toEqual([]);
  });

  it("INV-106 claims at once, also under one machine identity, never share a task", async () => {
    const agent = await queue.agent("Ada", { limit: 50 });
    for (let index = 0; index < 12; index += 1) await queue.issue(`Issue ${index}`, agent.id);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => queue.machine.claim({ max: 4 })),
    );
    const taken = answers.flatMap(ids);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken).toHaveLength(12);
  });

  it("INV-3 gives an answer that was lost out again: new lease, same attempt", async () => {
    const agent = await queue.agent("Ada");
    await queue.issue("Lost on the wire", agent.id);
    const lost = only(await queue.machine.claim());
    expect(await queue.machine.claim()).toEqual([]);
    queue.test.advance(91_000);
    await queue.machine.beat();
    const again = only(await queue.machine.claim());
    expect(again).toMatchObject({ taskId: lost.taskId, lease: 2, attempt: 1 });
    await expect(queue.machine.start(lost)).rejects.toMatchObject({ reason: "lease_lost" });
    await queue.machine.start(again);
  });

  it("does not give a task out again while its preparation shows life", async () => {
    const agent = await queue.agent("Ada");
    await queue.issue("Slow to prepare", agent.id);
    const task = only(await queue.machine.claim());
    for (let beat = 0; beat < 8; beat += 1) {
      queue.test.advance(15_000);
      const { workspaceId, taskId, lease } = task;
      const reply = await queue.machine.beat({
        leases: [{ workspaceId, taskId, lease, step: "preparing" }],
      });
      expect(reply.leases).toEqual([{ taskId, lease, state: "ok" }]);
    }
    expect(await queue.machine.claim()).toEqual([]);
    await queue.machine.start(task);
  });

  it("takes urgent work first and old work before new", async () => {
    const agent = await queue.agent("Ada", { limit: 1 });
    const assignee = { type: "agent", id: agent.id } as const;
    const { alice } = queue.test;
    await alice.call(issues.create, { workspace, title: "low", priority: "low", assignee });
    await alice.call(issues.create, { workspace, title: "urgent", priority: "urgent", assignee });
    expect(only(await queue.machine.claim()).issue.title).toBe("urgent");
  });

  it("claims nothing for a machine that was not heard of for 150 seconds", async () => {
    const agent = await queue.agent("Ada");
    await queue.issue("Waits", agent.id);
    queue.test.advance(151_000);
    expect(await queue.machine.claim()).toEqual([]);
    await queue.machine.beat();
    expect(await queue.machine.claim()).toHaveLength(1);
  });

  it("leaves private runtimes of others and archived agents alone", async () => {
    const { test } = queue;
    const theirs = await createTestMachine(test, test.bob);
    const agent = await queue.agent("Ada");
    await queue.issue("For alice's machine", agent.id);
    expect(await theirs.claim()).toEqual([]);
    const reply = await test.callAs(theirs.token, daemon.claim, {
      claimId: randomUUID(),
      runtimeIds: [queue.machine.runtimeId],
      max: 5,
    });
    expect(reply.tasks).toEqual([]);
  });

  it("cancels a task whose originator has lost access since it was queued", async () => {
    const { test } = queue;
    const agent = await queue.agent("Ada");
    await test.bob.call(issues.create, {
      workspace,
      title: "By bob",
      assignee: { type: "agent", id: agent.id },
    });
    await test.alice.call(agents.setAccess, {
      workspace,
      agentId: agent.id,
      access: "owner_only",
      allowedMemberIds: [],
    });
    expect(await queue.machine.claim()).toEqual([]);
    const rows = await queue.rows(
      (sql) => sql`select status, attribution->>'cancelCause' as cause from tasks`,
    );
    expect(rows).toEqual([{ status: "cancelled", cause: "access_revoked" }]);
  });

  it("asks again for others' comments when the newest author has lost access", async () => {
    const { alice, bob } = queue.test;
    const agent = await queue.agent("Ada");
    const issue = await queue.issue("Two askers");
    const kept = await queue.comment(alice, issue, `${mention(agent)} mine`);
    const dropped = await queue.comment(bob, issue, `${mention(agent)} his`);
    await alice.call(agents.setAccess, {
      workspace,
      agentId: agent.id,
      access: "owner_only",
      allowedMemberIds: [],
    });
    expect(await queue.machine.claim()).toEqual([]);
    const task = only(await queue.machine.claim());
    expect(task.turnPrompt).toContain(kept.id);
    expect(task.turnPrompt).not.toContain(dropped.id);
  });

  it("queues a task again that the machine gives back, under the same lease number", async () => {
    const agent = await queue.agent("Ada");
    await queue.issue("Not here", agent.id);
    const task = only(await queue.machine.claim());
    await queue.test.callAs(queue.machine.token, daemon.giveBack, {
      workspaceId: task.workspaceId,
      taskId: task.taskId,
      lease: task.lease,
      reason: "runtime_offline",
    });
    const rows = await queue.rows((sql) => sql`select status, lease from tasks`);
    expect(rows).toEqual([{ status: "queued", lease: 1 }]);
    expect(only(await queue.machine.claim())).toMatchObject({ taskId: task.taskId, lease: 2 });
  });

  it("one task whose payload cannot be built stays queued, the others go", async () => {
    const broken = await queue.agent("Broken");
    const sound = await queue.agent("Sound");
    await queue.issue("Cannot be built", broken.id);
    await queue.issue("Can be built", sound.id);
    await queue.rows(
      (sql) => sql`insert into agent_environment (workspace_id, agent_id, name, value_encrypted)
        values (${queue.test.workspaceId}, ${broken.id}, 'KEY', ${Buffer.from("not sealed by this key at all")})
        returning name`,
    );
    const claimed = await queue.machine.claim();
    expect(claimed.map((task) => task.issue.title)).toEqual(["Can be built"]);
    const rows = await queue.rows(
      (sql) => sql`select status from tasks where agent_id = ${broken.id}`,
    );
    expect(rows).toEqual([{ status: "queued" }]);
  });

  it("the task's token acts as the agent and dies with the task", async () => {
    const agent = await queue.agent("Ada");
    const issue = await queue.issue("With a token", agent.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    const seen = await queue.test.callAs(task.token, issues.get, { workspace, issue: issue.id });
    expect(seen.id).toBe(issue.id);
    await queue.machine.finish(task);
    await expect(
      queue.test.callAs(task.token, issues.get, { workspace, issue: issue.id }),
    ).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
