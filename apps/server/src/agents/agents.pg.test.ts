import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import type { RuntimeId } from "@headcount/contract/kit/ids";
import { members } from "@headcount/contract/members/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import type { Actor } from "../platform/context.ts";
import { setWorkspace, type Transaction } from "../platform/database.ts";
import { createAgent } from "./create-agent.ts";
import { addRuntime } from "../testing/add-runtime.ts";
import { addTask } from "../testing/add-task.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";

const workspace = "acme";

describe("agents", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("creates an agent on one's own runtime, ready for work", async () => {
    const runtime = await addRuntime(test, { ownerId: test.bob.userId });
    const agent = await test.bob.call(agents.create, {
      workspace,
      name: "Ada",
      runtimeId: runtime.id,
      model: "sonnet",
    });
    expect(agent).toMatchObject({
      name: "Ada",
      access: "owner_only",
      presence: "idle",
      readiness: { verdict: "available", reason: null },
      limits: { maxConcurrentTasks: 6, wallClockMinutes: null },
      owner: { id: test.bob.userId, name: "Bob" },
      canInvoke: true,
      runningTasks: 0,
      queuedTasks: 0,
    });
    expect(agent.recentDays).toHaveLength(7);
    const [listed] = (await test.bob.call(agents.list, { workspace })).items;
    expect(listed).toEqual(agent);
    expect(await test.bob.call(agents.get, { workspace, agentId: agent.id })).toEqual(agent);
    const { items } = await test.bob.call(runtimes.list, { workspace });
    expect(items).toMatchObject([
      {
        id: runtime.id,
        health: "online",
        name: "laptop · claude",
        slots: { total: 4, free: 3 },
        agents: [{ id: agent.id, name: "Ada" }],
        runningTasks: 0,
      },
    ]);
  });

  it("refuses a second active agent of the same name, whatever its case", async () => {
    await test.alice.call(agents.create, { workspace, name: "Twin" });
    await expect(test.alice.call(agents.create, { workspace, name: "tWIN" })).rejects.toMatchObject(
      { code: "conflict", reason: "name_taken" },
    );
  });

  it("refuses a private runtime of somebody else", async () => {
    const runtime = await addRuntime(test, { ownerId: test.bob.userId, cli: "codex" });
    await expect(
      test.alice.call(agents.create, { workspace, name: "Borrower", runtimeId: runtime.id }),
    ).rejects.toMatchObject({ code: "forbidden", reason: "runtime_not_shared" });
  });

  it("belongs to the person behind the run when an agent makes it", async () => {
    const task = await addTask(test);
    const actor: Actor = {
      kind: "agent",
      agentId: task.agentId,
      taskId: task.id,
      lease: 1,
      originatorId: test.bob.userId,
      role: "member",
    };
    const make = (by: Actor, name: string) =>
      test.app.runner.inWorkspace({
        workspaceId: test.workspaceId,
        mode: "write",
        request: { ipPrefix: null, userAgent: "" },
        resolveActor: async () => by,
        run: (ctx) => createAgent(ctx, { name, access: "owner_only", allowedMemberIds: [] }),
      });
    const { value } = await make(actor, "Made by an agent");
    expect(value.owner.id).toBe(test.bob.userId);
    await expect(make({ ...actor, originatorId: null }, "Orphan")).rejects.toMatchObject({
      reason: "originator_unknown",
    });
  });

  it("clears model and effort when the runtime becomes another CLI, and only then", async () => {
    const claude = await addRuntime(test, { ownerId: test.alice.userId, machineName: "one" });
    const second = await addRuntime(test, { ownerId: test.alice.userId, machineName: "two" });
    const codex = await addRuntime(test, {
      ownerId: test.alice.userId,
      cli: "codex",
      machineName: "three",
    });
    const { id: agentId } = await test.alice.call(agents.create, {
      workspace,
      name: "Mover",
      runtimeId: claude.id,
      model: "opus",
      effort: "high",
    });
    const update = (runtimeId: RuntimeId, model?: string) =>
      test.alice.call(agents.update, { workspace, agentId, runtimeId, ...(model && { model }) });
    expect(await update(second.id)).toMatchObject({ model: "opus", effort: "high", revision: 2 });
    expect(await update(codex.id)).toMatchObject({ model: null, effort: null, revision: 3 });
    expect(await update(claude.id, "sonnet")).toMatchObject({ model: "sonnet", effort: null });
  });

  it("changes nothing and says nothing when nothing differs", async () => {
    const agent = await test.alice.call(agents.create, { workspace, name: "Still" });
    const before = await test.alice.call(changes.cursor, { workspace });
    const same = await test.alice.call(agents.update, {
      workspace,
      agentId: agent.id,
      name: "Still",
      expectedRevision: 1,
    });
    expect(same).toEqual(agent);
    expect(await test.alice.call(changes.cursor, { workspace })).toEqual(before);
  });

  it("refuses an edit of an outdated agent", async () => {
    const { id: agentId } = await test.alice.call(agents.create, { workspace, name: "Contended" });
    await test.alice.call(agents.update, { workspace, agentId, description: "first" });
    await expect(
      test.alice.call(agents.update, { workspace, agentId, name: "x", expectedRevision: 1 }),
    ).rejects.toMatchObject({
      code: "conflict",
      reason: "revision_conflict",
      details: { current: { revision: 2, description: "first" } },
    });
  });

  it("INV-84 does not exist for people outside its audience", async () => {
    const { id: agentId } = await test.alice.call(agents.create, { workspace, name: "Hidden" });
    const seen = async () => {
      const { items } = await test.bob.call(agents.list, { workspace });
      return items.some((agent) => agent.id === agentId);
    };
    const attempts = [
      () => test.bob.call(agents.get, { workspace, agentId }),
      () => test.bob.call(agents.update, { workspace, agentId, name: "Mine" }),
      () => test.bob.call(agents.archive, { workspace, agentId }),
      () => test.bob.call(agents.getEnvironment, { workspace, agentId }),
    ];
    expect(await seen()).toBe(false);
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
    await test.alice.call(agents.setAccess, {
      workspace,
      agentId,
      access: "allow_list",
      allowedMemberIds: [test.bob.userId],
    });
    expect(await seen()).toBe(true);
    expect((await test.bob.call(agents.get, { workspace, agentId })).canInvoke).toBe(true);
    for (const attempt of attempts.slice(1)) {
      await expect(attempt()).rejects.toMatchObject({ reason: "role_required" });
    }
    await test.alice.call(agents.setAccess, { workspace, agentId, access: "owner_only" });
    expect(await seen()).toBe(false);
  });

  it("lets nobody but the owner decide about access, admins included", async () => {
    const { id: agentId } = await test.bob.call(agents.create, { workspace, name: "Bobs own" });
    const inventory = await test.alice.call(agents.get, { workspace, agentId });
    expect(inventory.canInvoke).toBe(false);
    await expect(
      test.alice.call(agents.setAccess, { workspace, agentId, access: "workspace" }),
    ).rejects.toMatchObject({ code: "forbidden", reason: "role_required" });
    await test.alice.call(agents.update, { workspace, agentId, description: "Edited by an admin" });
  });

  it("archives with its unfinished tasks and comes back without them", async () => {
    const { id: agentId } = await test.alice.call(agents.create, { workspace, name: "Sleeper" });
    const task = await addTask(test, { agentId, status: "queued" });
    const archived = await test.alice.call(agents.archive, { workspace, agentId });
    expect(archived).toMatchObject({ readiness: { reason: "agent_archived" }, queuedTasks: 0 });
    expect(await statusOf(test, task.id)).toBe("cancelled");
    const listed = async (isArchived: boolean) => {
      const { items } = await test.alice.call(agents.list, { workspace, archived: isArchived });
      return items.some((agent) => agent.id === agentId);
    };
    expect([await listed(false), await listed(true)]).toEqual([false, true]);
    const twin = await test.alice.call(agents.create, { workspace, name: "sleeper" });
    await expect(test.alice.call(agents.restore, { workspace, agentId })).rejects.toMatchObject({
      reason: "name_taken",
    });
    await test.alice.call(agents.update, { workspace, agentId: twin.id, name: "Twin of it" });
    const restored = await test.alice.call(agents.restore, { workspace, agentId });
    expect(restored).toMatchObject({ archivedAt: null, queuedTasks: 0 });
    expect(await statusOf(test, task.id)).toBe("cancelled");
  });

  it("INV-80 hands out environment values by the audited route only", async () => {
    const canary = "canary-4f1c";
    const { id: agentId } = await test.alice.call(agents.create, { workspace, name: "Keeper" });
    const written = await test.alice.call(agents.setEnvironment, {
      workspace,
      agentId,
      variables: { API_KEY: canary, SECOND: "2", PATH: "/evil", headcount_token: "x" },
    });
    expect(written).toEqual({
      environmentKeys: ["API_KEY", "SECOND"],
      skipped: ["PATH", "headcount_token"],
    });
    const kept = await test.alice.call(agents.setEnvironment, {
      workspace,
      agentId,
      variables: { API_KEY: "****", THIRD: "3", NEVER_SET: "****" },
    });
    expect(kept.environmentKeys).toEqual(["API_KEY", "THIRD"]);
    const shown = await test.alice.call(agents.get, { workspace, agentId });
    expect(shown.environmentKeys).toEqual(["API_KEY", "THIRD"]);
    const { variables } = await test.alice.call(agents.getEnvironment, { workspace, agentId });
    expect(variables).toEqual({ API_KEY: canary, THIRD: "3" });
    const again = await test.app.api.fetch(
      new Request(`http://headcount.test/api/w/acme/agents/${agentId}/env`, {
        headers: { authorization: `Bearer ${test.alice.token}`, "idempotency-key": "look" },
      }),
    );
    expect(await again.text()).toContain(canary);
    expect(await everythingStored(test)).not.toContain(canary);
    expect(await auditedActions(test, agentId)).toEqual([
      "agent.environment_changed",
      "agent.environment_changed",
      "agent.environment_revealed",
      "agent.environment_revealed",
    ]);
  });

  it("INV-17 follows what its tasks do", async () => {
    const runtime = await addRuntime(test, { ownerId: test.alice.userId, machineName: "desk" });
    const { id: agentId } = await test.alice.call(agents.create, {
      workspace,
      name: "Worker",
      runtimeId: runtime.id,
    });
    const shown = async () => {
      const agent = await test.alice.call(agents.get, { workspace, agentId });
      return [agent.presence, agent.runningTasks, agent.queuedTasks];
    };
    expect(await shown()).toEqual(["idle", 0, 0]);
    await addTask(test, { agentId, status: "queued" });
    expect(await shown()).toEqual(["idle", 0, 1]);
    await addTask(test, { agentId, status: "running" });
    expect(await shown()).toEqual(["working", 1, 1]);
    const other = await test.alice.call(agents.create, {
      workspace,
      name: "Failer",
      runtimeId: runtime.id,
    });
    await addTask(test, { agentId: other.id, status: "failed" });
    const failed = await test.alice.call(agents.get, { workspace, agentId: other.id });
    expect(failed.presence).toBe("error");
    expect(failed.recentDays.at(-1)).toMatchObject({ tasks: 1, costUsd: null });
  });

  it("INV-95 leaves with its owner, and other people's agents lose the runtimes that leave", async () => {
    const carol = await test.addPerson("Carol");
    const runtime = await addRuntime(test, {
      ownerId: carol.userId,
      sharing: "workspace",
      machineName: "carols",
    });
    const own = await carol.call(agents.create, { workspace, name: "Carols own" });
    const borrower = await test.bob.call(agents.create, {
      workspace,
      name: "Borrower of Carol",
      runtimeId: runtime.id,
      access: "allow_list",
      allowedMemberIds: [carol.userId],
    });
    const task = await addTask(test, { agentId: own.id, status: "queued" });
    await test.alice.call(members.remove, { workspace, memberId: carol.userId });
    const after = await test.bob.call(agents.get, { workspace, agentId: borrower.id });
    expect(after).toMatchObject({ runtimeId: null, presence: "unbound", allowedMemberIds: [] });
    const orphan = await test.alice.call(agents.get, { workspace, agentId: own.id });
    expect(orphan.archivedAt).not.toBeNull();
    expect(await statusOf(test, task.id)).toBe("cancelled");
    const adopted = await test.alice.call(agents.restore, { workspace, agentId: own.id });
    expect(adopted.owner.id).toBe(test.alice.userId);
  });
});

async function inWorkspace<T>(test: TestApp, run: (tx: Transaction) => Promise<T>): Promise<T> {
  const result = await test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    return [await run(tx)];
  });
  return result[0] as T;
}

function statusOf(test: TestApp, taskId: string): Promise<string | undefined> {
  return inWorkspace(test, async (tx) => {
    const [row] = await tx<{ status: string }[]>`select status from tasks where id = ${taskId}`;
    return row?.status;
  });
}

function auditedActions(test: TestApp, target: string): Promise<string[]> {
  return inWorkspace(test, async (tx) => {
    const rows = await tx<{ action: string }[]>`
      select action from audit_entries where target = ${target} order by at, id`;
    return rows.map((row) => row.action);
  });
}

/** Every row that could carry text of a request or of a reply. */
function everythingStored(test: TestApp): Promise<string> {
  return inWorkspace(test, async (tx) => {
    const [row] = await tx<{ text: string }[]>`
      select concat_ws(' ',
        (select string_agg(c::text, ' ') from changes c),
        (select string_agg(a::text, ' ') from audit_entries a),
        (select string_agg(g::text, ' ') from agents g),
        (select string_agg(encode(e.value_encrypted, 'escape'), ' ') from agent_environment e),
        (select string_agg(i::text, ' ') from idempotency_keys i)) as text`;
    return row?.text ?? "";
  });
}
