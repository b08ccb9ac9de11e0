import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import type { DaemonId, MachineId, RuntimeId } from "@headcount/contract/kit/ids";
import { changes } from "@headcount/contract/realtime/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { addRuntime } from "../testing/add-runtime.ts";
import { addTask } from "../testing/add-task.ts";
import { createTestMachine, type TestMachine } from "../testing/test-machine.ts";
import { booksOf } from "./runtime-books.fixture.ts";

const silenceMs = 200_000;

describe("one registration per machine", () => {
  let queue: QueueTest;
  const machineId = randomUUID() as MachineId;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  /** Runtimes of bob, whose machine this is; the fixture's own belongs to alice. */
  const known = async (): Promise<Runtime[]> => {
    const { items } = await queue.test.bob.call(runtimes.list, { workspace, owner: "me" });
    return items;
  };
  const start = (identity: Parameters<typeof createTestMachine>[2] = { machineId }) =>
    createTestMachine(queue.test, queue.test.bob, identity);
  const stop = (machine: TestMachine) =>
    queue.test.callAs(machine.token, daemon.deregister, { reason: "stop" });

  it("a daemon of another profile finds the runtimes of its machine", async () => {
    const first = await start();
    await first.register(["claude", "codex"]);
    const before = await known();
    await stop(first);
    const second = await start();
    expect(second.daemonId).not.toBe(first.daemonId);
    await second.register(["claude", "codex"]);
    const after = await known();
    expect(after.map((runtime) => runtime.id)).toEqual(before.map((runtime) => runtime.id));
    expect(new Set(after.map((runtime) => runtime.daemonId))).toEqual(new Set([second.daemonId]));
    expect(after.map((runtime) => runtime.health)).toEqual(["online", "online"]);
  });

  it("whoever is chosen last serves the machine; the one before hears that it is not", async () => {
    const first = await start();
    await start();
    const reply = await first.beat();
    expect(reply.runtimes).toEqual([{ id: first.runtimeId, state: "gone" }]);
    expect(await first.claim()).toEqual([]);
    await expect(first.register()).rejects.toMatchObject({ reason: "daemon.machine_served" });
    expect(await known()).toHaveLength(1);
  });

  it("a daemon that lives keeps its machine; a silent one gives way", async () => {
    const first = await start();
    const second = await start();
    await stop(second);
    await first.register();
    await expect(second.register()).rejects.toMatchObject({ reason: "daemon.machine_served" });
    queue.test.advance(silenceMs);
    await second.register();
    expect(only(await known())).toMatchObject({ id: first.runtimeId, daemonId: second.daemonId });
  });

  it("daemons that register at once end in one runtime per CLI, served by one of them", async () => {
    const both = [await start(), await start(), await start()];
    for (const one of both) await stop(one);
    const clis = ["claude", "codex", "gemini"];
    const racers = [...both, ...both, ...both, ...both];
    const results = await Promise.allSettled(racers.map((one) => one.register(clis)));
    const rows = await known();
    expect(rows.map((row) => row.cli)).toEqual(clis);
    const server = new Set(rows.map((row) => row.daemonId));
    expect(server.size).toBe(1);
    for (const [index, result] of results.entries()) {
      const isServing = server.has(racers[index]?.daemonId as DaemonId);
      expect(result.status).toBe(isServing ? "fulfilled" : "rejected");
    }
  });

  it("another person on the same computer has runtimes of their own", async () => {
    const theirs = await start();
    const own = await createTestMachine(queue.test, queue.test.alice, { machineId });
    expect(own.runtimeId).not.toBe(theirs.runtimeId);
    expect(only(await known()).daemonId).toBe(theirs.daemonId);
  });

  it("registrations that turn out to be of one machine become one, with all that they had", async () => {
    const { test } = queue;
    const { bob } = test;
    const lost = await addRuntime(test, {
      ownerId: bob.userId,
      machineId,
      sharing: "workspace",
      lastSeenAt: new Date(test.now().getTime() - 600_000),
    });
    const daemonId = randomUUID() as DaemonId;
    const own = await start({ daemonId });
    const [ada, zoe] = await Promise.all([
      bob.call(agents.create, { workspace, name: "Ada", runtimeId: lost.id }),
      bob.call(agents.create, { workspace, name: "Zoe", runtimeId: own.runtimeId }),
    ]);
    const archived = await bob.call(agents.create, {
      workspace,
      name: "Old",
      runtimeId: own.runtimeId,
    });
    await bob.call(agents.archive, { workspace, agentId: archived.id });
    const ended = await addTask(test, { runtimeId: own.runtimeId, status: "completed" });
    const books = booksOf(test);
    await books.book(ended, { input: 50, output: 5 });
    const before = await books.read();
    expect(before.ofRuntime(own.runtimeId)).toMatchObject({ input: 50n });
    const waiting = await addTask(test, { agentId: ada.id, status: "queued" });
    await queue.rows(
      (sql) =>
        sql`update tasks set preferred_runtime_id = ${own.runtimeId} where id = ${waiting.id}`,
    );
    await bob.call(runtimes.update, {
      workspace,
      runtimeId: own.runtimeId,
      customName: "Build box",
    });

    const again = await start({ daemonId, machineId });

    expect(again.runtimeId).toBe(lost.id);
    expect(only(await known())).toMatchObject({
      id: lost.id,
      daemonId,
      name: "Build box",
      sharing: "workspace",
      health: "online",
      agents: [
        { id: ada.id, name: "Ada" },
        { id: zoe.id, name: "Zoe" },
      ],
    });
    const task = await test.alice.call(tasks.get, { workspace, taskId: ended.id });
    expect(task.runtimeId).toBe(lost.id);
    const after = await books.read();
    expect(after.total).toEqual(before.total);
    expect(after.ofRuntime(own.runtimeId)).toBeUndefined();
    expect(after.ofRuntime(lost.id)).toEqual(before.ofRuntime(own.runtimeId));
    expect(await books.differences()).toEqual([]);
    expect(
      await queue.rows(
        (sql) => sql<{ what: string; runtimeId: RuntimeId }[]>`
          select 'preferred' as what, preferred_runtime_id as runtime_id from tasks
            where id = ${waiting.id}
          union all select 'archived', runtime_id from agents where id = ${archived.id}`,
      ),
    ).toEqual([
      { what: "preferred", runtimeId: lost.id },
      { what: "archived", runtimeId: lost.id },
    ]);
  });

  it("daemons that are recognised at once merge what they had once, to the last token", async () => {
    const daemonIds = [0, 1, 2].map(() => randomUUID() as DaemonId);
    const books = booksOf(queue.test);
    const used = [];
    for (const daemonId of daemonIds) {
      const { runtimeId } = await start({ daemonId });
      const task = await addTask(queue.test, { runtimeId, status: "completed" });
      await books.book(task, { input: 10 });
      used.push(task);
    }
    expect(await known()).toHaveLength(3);
    queue.test.advance(silenceMs);
    const late = used.map((task) => books.book(task, { key: "meanwhile", input: 5 }));
    const starts = [...daemonIds, ...daemonIds].map((daemonId) => start({ daemonId, machineId }));
    const ends = await Promise.allSettled(starts);
    expect(ends.some((end) => end.status === "fulfilled")).toBe(true);
    await Promise.all(late);
    const { id } = only(await known());
    const after = await books.read();
    expect(after.total).toMatchObject({ input: 45n, tasksDone: 3n });
    expect(after.ofRuntime(id)).toEqual(after.total);
    for (const task of used) {
      const { runtimeId } = await queue.test.alice.call(tasks.get, { workspace, taskId: task.id });
      expect(runtimeId).toBe(id);
    }
    expect(await books.differences()).toEqual([]);
  });

  it("what a runtime waits for, its duplicate waits for", async () => {
    const { test } = queue;
    const lost = await addRuntime(test, {
      ownerId: test.bob.userId,
      machineId,
      lastSeenAt: new Date(test.now().getTime() - 600_000),
    });
    const daemonId = randomUUID() as DaemonId;
    const own = await start({ daemonId });
    const late = new Date(test.now().getTime() + 7_200_000);
    await queue.rows(
      (sql) => sql`insert into quota_waits values
        (${test.workspaceId}, ${lost.id}, 'anthropic', '', now(), now() + interval '1 hour'),
        (${test.workspaceId}, ${own.runtimeId}, 'anthropic', '', now(), ${late})`,
    );
    await start({ daemonId, machineId });
    const waits = await queue.rows(
      (sql) => sql`select ends_at from quota_waits where runtime_id = ${lost.id}`,
    );
    expect(waits).toEqual([{ endsAt: late }]);
  });

  it("registering again after that changes nothing", async () => {
    const first = await start();
    await stop(first);
    const second = await start();
    const { cursor } = await queue.test.alice.call(changes.cursor, { workspace });
    await second.register();
    await second.register();
    const page = await queue.test.alice.call(changes.poll, { workspace, after: cursor });
    expect(page.items).toEqual([]);
  });

  it("a run of the daemon before is finished by it, and lost when nobody speaks for it", async () => {
    const first = await start();
    await queue.test.bob.call(runtimes.update, {
      workspace,
      runtimeId: first.runtimeId,
      sharing: "workspace",
    });
    const agent = await queue.agent("Ada");
    await queue.test.alice.call(agents.update, {
      workspace,
      agentId: agent.id,
      runtimeId: first.runtimeId,
    });
    const running = async (title: string) => {
      await queue.issue(title, agent.id);
      const task = only(await first.claim());
      await first.start(task);
      return task;
    };
    const finished = await running("Finished");
    const forgotten = await running("Forgotten");
    const second = await start();
    const { taskId, workspaceId, lease } = finished;
    const beat = await first.beat({ leases: [{ taskId, workspaceId, lease, step: "running" }] });
    expect(beat.leases).toEqual([{ taskId, lease, state: "ok" }]);
    expect(await first.finish(finished)).toBe("stored");
    const status = async (): Promise<string> =>
      (await queue.test.alice.call(tasks.get, { workspace, taskId: forgotten.taskId })).status;
    const sweep = async (): Promise<void> => {
      queue.test.advance(60_000);
      await second.beat();
      await queue.test.app.jobs.runNow("work.sweep");
    };
    for (let minute = 0; minute < 3; minute += 1) await sweep();
    expect(await status()).toBe("running");
    const absenceMs = 3 * 60 * 60_000;
    queue.test.advance(absenceMs);
    await queue.rows(
      (sql) => sql`update liveness_watch set swept_at = swept_at + ${absenceMs} * interval '1 ms'`,
    );
    await sweep();
    expect(await status()).toBe("failed");
  });
});
