import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import type { AgentId, RuntimeId } from "@headcount/contract/kit/ids";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { setWorkspace } from "../platform/database.ts";
import { addRuntime } from "../testing/add-runtime.ts";
import { addTask } from "../testing/add-task.ts";
import { createTestApp, type TestApp, type TestPerson } from "../testing/test-app.ts";
import { booksOf } from "./runtime-books.fixture.ts";

const workspace = "acme";
const dayMs = 86_400_000;

describe("runtimes", () => {
  let test: TestApp;
  let carol: TestPerson;
  beforeAll(async () => {
    test = await createTestApp();
    carol = await test.addPerson("Carol");
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const idsSeenBy = async (person: TestPerson, owner = "all"): Promise<string[]> => {
    const { items } = await person.call(runtimes.list, { workspace, owner });
    return items.map((runtime) => runtime.id);
  };

  /** Runtime in the agent's row, whether or not it still counts. */
  const boundTo = (agentId: AgentId): Promise<RuntimeId | null> =>
    test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      const [row] = await tx<{ runtimeId: RuntimeId | null }[]>`
        select runtime_id from agents where id = ${agentId}`;
      return row?.runtimeId ?? null;
    });

  it("shows people their own, shared ones and those that their agents run on; admins all", async () => {
    const own = await addRuntime(test, { ownerId: test.bob.userId });
    const closed = await addRuntime(test, { ownerId: carol.userId });
    const shared = await addRuntime(test, { ownerId: carol.userId, sharing: "workspace" });
    const usedByVisible = await addRuntime(test, { ownerId: carol.userId });
    await carol.call(agents.create, {
      workspace,
      name: "Visible to all",
      runtimeId: usedByVisible.id,
      access: "workspace",
    });
    const seen = await idsSeenBy(test.bob);
    expect(seen).toEqual(expect.arrayContaining([own.id, shared.id, usedByVisible.id]));
    expect(seen).not.toContain(closed.id);
    expect(await idsSeenBy(test.alice)).toContain(closed.id);
    expect(await idsSeenBy(test.bob, "me")).toEqual([own.id]);
    expect((await idsSeenBy(test.bob, carol.userId)).toSorted()).toEqual(
      [shared.id, usedByVisible.id].toSorted(),
    );
    await expect(
      test.bob.call(runtimes.get, { workspace, runtimeId: closed.id }),
    ).rejects.toMatchObject({ code: "not_found" });
    const all = await idsSeenBy(test.bob, "all");
    expect(all).toEqual(seen);
  });

  it("lets admins rename, and only the owner share", async () => {
    const { id: runtimeId } = await addRuntime(test, { ownerId: carol.userId });
    const renamed = await test.alice.call(runtimes.update, {
      workspace,
      runtimeId,
      customName: "Build box",
    });
    expect(renamed).toMatchObject({ name: "Build box", customName: "Build box" });
    await expect(
      test.alice.call(runtimes.update, { workspace, runtimeId, sharing: "workspace" }),
    ).rejects.toMatchObject({ reason: "role_required" });
    await carol.call(runtimes.update, { workspace, runtimeId, sharing: "workspace" });
    await expect(
      test.bob.call(runtimes.update, { workspace, runtimeId, customName: "Mine" }),
    ).rejects.toMatchObject({ reason: "role_required" });
    const agent = await test.bob.call(agents.create, { workspace, name: "On shared", runtimeId });
    await carol.call(runtimes.update, { workspace, runtimeId, sharing: "private" });
    const blocked = await test.bob.call(agents.get, { workspace, agentId: agent.id });
    expect(blocked.readiness).toMatchObject({ verdict: "blocked", reason: "runtime_not_shared" });
  });

  it("is not forgotten while agents use it, unless exactly these are named", async () => {
    const { id: runtimeId } = await addRuntime(test, {
      ownerId: carol.userId,
      sharing: "workspace",
    });
    const own = await carol.call(agents.create, { workspace, name: "Carols", runtimeId });
    const hidden = await test.bob.call(agents.create, { workspace, name: "Secret", runtimeId });
    const task = await addTask(test, { agentId: own.id, runtimeId });
    const attempt = carol.call(runtimes.delete, { workspace, runtimeId });
    await expect(attempt).rejects.toMatchObject({
      code: "conflict",
      reason: "in_use",
      details: {
        agents: expect.arrayContaining([
          { id: own.id, name: "Carols" },
          { id: hidden.id, name: "Private agent" },
        ]),
      },
    });
    await expect(
      carol.call(runtimes.removeAndDelete, { workspace, runtimeId, agentIds: [own.id] }),
    ).rejects.toMatchObject({ reason: "in_use" });
    await expect(
      test.bob.call(runtimes.removeAndDelete, {
        workspace,
        runtimeId,
        agentIds: [own.id, hidden.id],
      }),
    ).rejects.toMatchObject({ reason: "role_required" });
    const done = await carol.call(runtimes.removeAndDelete, {
      workspace,
      runtimeId,
      agentIds: [own.id, hidden.id],
    });
    expect(done).toEqual({ unboundAgents: 2, cancelledTasks: 1 });
    expect(await carol.call(agents.get, { workspace, agentId: own.id })).toMatchObject({
      runtimeId: null,
      presence: "unbound",
      runningTasks: 0,
    });
    expect(await idsSeenBy(test.alice)).not.toContain(runtimeId);
    expect(task.agentId).toBe(own.id);
  });

  it("is removed by its owner or an admin, with archived agents on it and nothing of the books", async () => {
    const own = await addRuntime(test, { ownerId: carol.userId, sharing: "workspace" });
    const attempt = test.bob.call(runtimes.delete, { workspace, runtimeId: own.id });
    await expect(attempt).rejects.toMatchObject({ code: "forbidden", reason: "role_required" });
    const agent = await test.bob.call(agents.create, {
      workspace,
      name: "Retired",
      runtimeId: own.id,
    });
    const active = await carol.call(agents.create, { workspace, name: "Busy", runtimeId: own.id });
    await test.bob.call(agents.archive, { workspace, agentId: agent.id });
    const task = await addTask(test, {
      agentId: agent.id,
      runtimeId: own.id,
      status: "completed",
    });
    const books = booksOf(test);
    await books.book(task, { input: 70, output: 7 });
    const before = await books.read();
    await expect(
      carol.call(runtimes.delete, { workspace, runtimeId: own.id }),
    ).rejects.toMatchObject({
      code: "conflict",
      reason: "in_use",
      message: expect.stringContaining("is used by Busy.") as unknown,
      details: { agents: [{ id: active.id, name: "Busy" }] },
    });
    await carol.call(agents.archive, { workspace, agentId: active.id });
    await carol.call(runtimes.delete, { workspace, runtimeId: own.id });
    for (const agentId of [agent.id, active.id]) {
      expect(await boundTo(agentId)).toBeNull();
    }
    const after = await books.read();
    expect(after.total).toEqual(before.total);
    expect(after.ofRuntime(own.id)).toEqual(before.ofRuntime(own.id));
    expect(await books.differences()).toEqual([]);

    const another = await addRuntime(test, { ownerId: carol.userId });
    await test.alice.call(runtimes.delete, { workspace, runtimeId: another.id });
    expect(await idsSeenBy(carol)).not.toContain(another.id);
  });

  it("is forgotten a week after its machine was last seen, when nothing needs it", async () => {
    const gone = new Date(test.now().getTime() - 8 * dayMs);
    const recent = new Date(test.now().getTime() - 6 * dayMs);
    const unused = await addRuntime(test, { ownerId: carol.userId, lastSeenAt: gone });
    const used = await addRuntime(test, { ownerId: carol.userId, lastSeenAt: gone });
    const busy = await addRuntime(test, { ownerId: carol.userId, lastSeenAt: gone });
    const expiring = await addRuntime(test, { ownerId: carol.userId, lastSeenAt: recent });
    await carol.call(agents.create, { workspace, name: "User", runtimeId: used.id });
    const former = await carol.call(agents.create, {
      workspace,
      name: "Former",
      runtimeId: unused.id,
    });
    await carol.call(agents.archive, { workspace, agentId: former.id });
    await addTask(test, { runtimeId: busy.id });
    await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`
        update runtimes set online = false
        where id in (${unused.id}, ${used.id}, ${busy.id}, ${expiring.id})`;
    });
    await test.app.jobs.runNow("runtimes.collect");
    const left = await idsSeenBy(test.alice, carol.userId);
    expect(left).not.toContain(unused.id);
    expect(await boundTo(former.id)).toBeNull();
    expect(left).toEqual(expect.arrayContaining([used.id, busy.id, expiring.id]));
    const { health } = await carol.call(runtimes.get, { workspace, runtimeId: expiring.id });
    expect(health).toBe("expiring");
  });
});
