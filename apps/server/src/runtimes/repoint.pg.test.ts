import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import type { RuntimeId } from "@headcount/contract/kit/ids";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { setWorkspace } from "../platform/database.ts";
import { addRuntime } from "../testing/add-runtime.ts";
import { addTask } from "../testing/add-task.ts";
import { createTestApp, type TestApp, type TestPerson } from "../testing/test-app.ts";
import { booksOf } from "./runtime-books.fixture.ts";

const workspace = "acme";

describe("moving everything of a runtime to another", () => {
  let test: TestApp;
  let carol: TestPerson;
  beforeEach(async () => {
    test = await createTestApp();
    carol = await test.addPerson("Carol");
  });
  afterEach(async () => {
    await test[Symbol.asyncDispose]();
  });

  const shared = (ownerId = test.alice.userId) =>
    addRuntime(test, { ownerId, sharing: "workspace" });
  const offline = (...ids: readonly RuntimeId[]) =>
    test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`update runtimes set online = false where id = any(${ids}::uuid[])`;
    });
  const repoint = (person: TestPerson, runtimeId: RuntimeId, toRuntimeId: RuntimeId) =>
    person.call(runtimes.repoint, { workspace, runtimeId, toRuntimeId });

  it("takes agents, tasks and usage along, and leaves every total as it was", async () => {
    const from = await shared();
    const to = await shared();
    const books = booksOf(test);
    const ada = await test.alice.call(agents.create, {
      workspace,
      name: "Ada",
      runtimeId: from.id,
    });
    const old = await test.alice.call(agents.create, {
      workspace,
      name: "Old",
      runtimeId: from.id,
    });
    await test.alice.call(agents.archive, { workspace, agentId: old.id });
    const moved = await addTask(test, { agentId: ada.id, runtimeId: from.id, status: "completed" });
    const stays = await addTask(test, { runtimeId: to.id, status: "completed" });
    await books.book(moved, { input: 100, output: 7 });
    await books.book(stays, { input: 30 });
    const before = await books.read();
    await offline(from.id);

    expect(await repoint(test.alice, from.id, to.id)).toEqual({ movedAgents: 2, movedTasks: 1 });

    const agent = await test.alice.call(agents.get, { workspace, agentId: ada.id });
    expect(agent.runtimeId).toBe(to.id);
    const task = await test.alice.call(tasks.get, { workspace, taskId: moved.id });
    expect(task.runtimeId).toBe(to.id);
    const after = await books.read();
    expect(after.total).toEqual(before.total);
    expect(before.ofRuntime(from.id)).toMatchObject({ input: 100n, tasksDone: 1n });
    expect(after.ofRuntime(from.id)).toBeUndefined();
    expect(after.ofRuntime(to.id)).toMatchObject({ input: 130n, output: 7n, tasksDone: 2n });
    expect(await books.differences()).toEqual([]);
    await books.book(moved, { key: "late", input: 1 });
    expect((await books.read()).ofRuntime(to.id)).toMatchObject({ input: 131n });
    expect(await repoint(test.alice, from.id, to.id)).toEqual({ movedAgents: 0, movedTasks: 0 });
    await test.alice.call(runtimes.delete, { workspace, runtimeId: from.id });
  });

  it("what is used meanwhile ends on the runtime that took over, counted once", async () => {
    const from = await shared();
    const to = await shared();
    const books = booksOf(test);
    const task = await addTask(test, { runtimeId: from.id, status: "completed" });
    await offline(from.id);
    const keys = Array.from({ length: 12 }, (_, index) => `call ${index}`);
    const bookings = keys.map((key) => books.book(task, { key, input: 10 }));
    const moves = [repoint(test.alice, from.id, to.id), repoint(test.alice, from.id, to.id)];
    await Promise.all([...bookings.slice(0, 6), ...moves, ...bookings.slice(6)]);
    const after = await books.read();
    expect(after.ofRuntime(from.id)).toBeUndefined();
    expect(after.ofRuntime(to.id)).toMatchObject({ input: 120n });
    expect(after.total).toMatchObject({ input: 120n });
    expect(await books.differences()).toEqual([]);
  });

  it("only from a runtime that is not online, only to another one of the same CLI", async () => {
    const from = await shared();
    const to = await shared();
    const other = await addRuntime(test, { ownerId: test.alice.userId, cli: "codex" });
    const refusal = (reason: string) => ({ code: "conflict", reason });
    await expect(repoint(test.alice, from.id, to.id)).rejects.toMatchObject(
      refusal("runtime.online"),
    );
    await offline(from.id);
    await expect(repoint(test.alice, from.id, from.id)).rejects.toMatchObject(
      refusal("runtime.same"),
    );
    await expect(repoint(test.alice, from.id, other.id)).rejects.toMatchObject(
      refusal("runtime.other_cli"),
    );
    const nowhere = "01980000-0000-7000-8000-000000000000" as RuntimeId;
    await expect(repoint(test.alice, from.id, nowhere)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("members move their own agents off their own machines, admins all", async () => {
    const own = await shared(test.bob.userId);
    const next = await addRuntime(test, { ownerId: test.bob.userId });
    await offline(own.id);
    const forbidden = { code: "forbidden", reason: "role_required" };
    await expect(repoint(carol, own.id, own.id)).rejects.toMatchObject(forbidden);
    await test.bob.call(agents.create, { workspace, name: "Bobs", runtimeId: own.id });
    await expect(repoint(carol, own.id, next.id)).rejects.toMatchObject(forbidden);
    const theirs = await carol.call(agents.create, {
      workspace,
      name: "Carols",
      runtimeId: own.id,
    });
    await expect(repoint(test.bob, own.id, next.id)).rejects.toMatchObject(forbidden);
    await expect(repoint(test.alice, own.id, next.id)).rejects.toMatchObject({
      reason: "runtime_not_shared",
    });
    await carol.call(agents.archive, { workspace, agentId: theirs.id });
    await carol.call(agents.update, { workspace, agentId: theirs.id, runtimeId: null });
    expect(await repoint(test.bob, own.id, next.id)).toMatchObject({ movedAgents: 1 });
  });
});
