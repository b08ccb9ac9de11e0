import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { addRuntime } from "../testing/add-runtime.ts";
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
});
