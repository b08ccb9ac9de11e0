import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { daemon } from "@headcount/contract/daemon/routes";
import type { MachineId } from "@headcount/contract/kit/ids";
import { members } from "@headcount/contract/members/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { issues } from "@headcount/contract/issues/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { createTestMachine } from "../testing/test-machine.ts";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";

describe("machines", () => {
  let queue: QueueTest;
  beforeEach(async () => {
    queue = await createQueueTest();
  });
  afterEach(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const changesSince = async (after: number): Promise<string[]> => {
    const page = await queue.test.alice.call(changes.poll, { workspace, after });
    return page.items.map((item) => item.type);
  };
  const cursor = async (): Promise<number> =>
    (await queue.test.alice.call(changes.cursor, { workspace })).cursor;

  it("enrolling again ends the earlier token; another person's machine is refused", async () => {
    const { alice, bob } = queue.test;
    const identity = {
      daemonId: queue.machine.daemonId,
      deviceName: "copy",
      version: "0.1.0",
      platform: "linux",
      capabilities: [],
    };
    await expect(bob.call(daemon.enrol, identity)).rejects.toMatchObject({
      reason: "daemon.owned_by_other",
    });
    const { token } = await alice.call(daemon.enrol, identity);
    await expect(queue.machine.beat()).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(queue.test.callAs(token, daemon.workspaces, {})).resolves.toMatchObject({
      items: [{ slug: workspace }],
    });
  });

  it("only machines use the machine's routes, and machines use no others", async () => {
    const { alice } = queue.test;
    await expect(alice.call(daemon.ownedTasks, {})).rejects.toMatchObject({ status: 401 });
    await expect(
      queue.test.callAs(queue.machine.token, issues.list, { workspace }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("registering twice changes nothing; a CLI that is gone goes offline and comes back", async () => {
    const before = await cursor();
    const [first] = (await queue.machine.register()).runtimes;
    expect(first?.id).toBe(queue.machine.runtimeId);
    expect(await changesSince(before)).toEqual([]);
    await queue.machine.register(["codex"]);
    expect(await changesSince(before)).toEqual(["runtime.registered", "runtime.offline"]);
    const again = await queue.machine.register(["claude", "codex"]);
    expect(again.runtimes.find((runtime) => runtime.cli === "claude")?.id).toBe(first?.id);
    expect((await changesSince(before)).at(-1)).toBe("runtime.online");
  });

  it("concurrent registrations of one machine end in one runtime per CLI", async () => {
    await Promise.all(
      Array.from({ length: 6 }, () => queue.machine.register(["claude", "codex", "gemini"])),
    );
    const rows = await queue.rows(
      (sql) => sql<{ cli: string }[]>`select cli from runtimes order by cli`,
    );
    expect(rows.map((row) => row.cli)).toEqual(["claude", "codex", "gemini"]);
  });

  it("nobody registers where they do not belong", async () => {
    const elsewhere = await queue.test.alice.call(workspaces.create, {
      name: "Elsewhere",
      slug: "elsewhere",
    });
    const theirs = await createTestMachine(queue.test, queue.test.bob);
    await expect(
      queue.test.callAs(theirs.token, daemon.register, {
        workspaceId: elsewhere.id,
        identity: {
          daemonId: theirs.daemonId,
          deviceName: "x",
          version: "1",
          platform: "linux",
          capabilities: [],
        },
        slots: { total: 1, free: 1 },
        runtimes: [],
      }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("INV-53 a heartbeat hears that a runtime is gone", async () => {
    const foreign = randomUUID() as typeof queue.machine.runtimeId;
    const reply = await queue.machine.beat({ runtimeIds: [queue.machine.runtimeId, foreign] });
    expect(reply.runtimes).toEqual([
      { id: queue.machine.runtimeId, state: "ok" },
      { id: foreign, state: "gone" },
    ]);
  });

  it("a machine that says goodbye is offline at once and online with its next beat", async () => {
    const before = await cursor();
    await queue.test.callAs(queue.machine.token, daemon.deregister, { reason: "stop" });
    const seen = await queue.test.alice.call(runtimes.get, {
      workspace,
      runtimeId: queue.machine.runtimeId,
    });
    expect(seen.health).not.toBe("online");
    await queue.machine.beat();
    expect(await changesSince(before)).toEqual(["runtime.offline", "runtime.online"]);
  });

  it("the membership version changes with the list of workspaces", async () => {
    const first = await queue.machine.beat();
    await queue.test.alice.call(workspaces.create, { name: "More", slug: "more" });
    const second = await queue.machine.beat();
    expect(second.membershipVersion).not.toBe(first.membershipVersion);
    const list = await queue.test.callAs(queue.machine.token, daemon.workspaces, {});
    expect(list.membershipVersion).toBe(second.membershipVersion);
    expect(list.items.map((item) => item.slug).toSorted()).toEqual([workspace, "more"]);
  });

  it("a cancelled run is told so with the heartbeat, a foreign one is lost", async () => {
    const agent = await queue.agent("Ada");
    await queue.issue("Stop me", agent.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    const owned = await queue.test.callAs(queue.machine.token, daemon.ownedTasks, {});
    expect(owned.items).toEqual([
      { workspaceId: task.workspaceId, taskId: task.taskId, lease: 1, status: "running" },
    ]);
    await queue.test.alice.call(issues.delete, { workspace, issue: task.issue.id });
    const { workspaceId, taskId, lease } = task;
    const reply = await queue.machine.beat({
      leases: [
        { workspaceId, taskId, lease, step: "running" },
        { workspaceId, taskId, lease: 7, step: "running" },
      ],
    });
    expect(reply.leases.map((item) => item.state)).toEqual(["cancel", "lost"]);
    const none = await queue.test.callAs(queue.machine.token, daemon.ownedTasks, {});
    expect(none.items).toEqual([]);
  });

  it("INV-95 removing a member ends their machines' work in the same transaction", async () => {
    const { alice, bob } = queue.test;
    const theirs = await createTestMachine(queue.test, bob);
    await queue.rows(
      (sql) =>
        sql`update runtimes set sharing = 'workspace' where id = ${theirs.runtimeId} returning id`,
    );
    const agent = await queue.agent("Ada");
    await queue.rows(
      (sql) =>
        sql`update agents set runtime_id = ${theirs.runtimeId} where id = ${agent.id} returning id`,
    );
    await queue.issue("On bob's machine", agent.id);
    const task = only(await theirs.claim());
    await theirs.start(task);
    await alice.call(members.remove, { workspace, memberId: bob.userId });
    const rows = await queue.rows((sql) => sql`select status, lease_revoked from tasks`);
    expect(rows).toEqual([{ status: "cancelled", leaseRevoked: true }]);
    const { workspaceId, taskId, lease } = task;
    const reply = await theirs.beat({ leases: [{ workspaceId, taskId, lease, step: "running" }] });
    expect(reply.leases).toEqual([{ taskId, lease, state: "lost" }]);
    expect(await theirs.claim()).toEqual([]);
  });

  it("directories are kept while somebody may come back to them", async () => {
    const agent = await queue.agent("Ada");
    const issue = await queue.issue("Collect me", agent.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    await queue.machine.finish(task);
    const unknown = { workspaceId: task.workspaceId, taskId: randomUUID() as typeof task.taskId };
    const check = async (): Promise<string[]> => {
      const reply = await queue.test.callAs(queue.machine.token, daemon.collectable, {
        items: [{ workspaceId: task.workspaceId, taskId: task.taskId }, unknown],
      });
      return reply.items.map((item) => item.state);
    };
    expect(await check()).toEqual(["keep", "unknown"]);
    const items = [{ workspaceId: task.workspaceId, taskId: task.taskId }];
    const seenBy = async (token: string): Promise<unknown> =>
      (await queue.test.callAs(token, daemon.collectable, { items })).items[0]?.state;
    const machineId = queue.machine.daemonId as string as MachineId;
    expect(await seenBy((await createTestMachine(queue.test, queue.test.alice)).token)).toBe(
      "unknown",
    );
    const sibling = await createTestMachine(queue.test, queue.test.alice, { machineId });
    expect(await seenBy(sibling.token)).toBe("keep");
    await queue.test.alice.call(issues.update, { workspace, issue: issue.id, status: "done" });
    expect(await check()).toEqual(["keep", "unknown"]);
    queue.test.advance(25 * 60 * 60_000);
    expect(await check()).toEqual(["collect", "unknown"]);
  });
});
