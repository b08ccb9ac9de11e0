import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { server } from "@headcount/contract/server/routes";
import { contractVersion } from "@headcount/contract/version";
import { addRuntime } from "../testing/add-runtime.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";

const workspace = "acme";

describe("doctor", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("tells everybody which server this is", async () => {
    expect(await test.callAs(null, server.config, {})).toMatchObject({
      contractVersion,
      needsOwner: false,
      publicUrl: "http://headcount.test",
    });
  });

  it("finds a healthy server healthy, line by line", async () => {
    const report = await test.alice.call(server.doctor, {});
    expect(report.checks.filter((check) => !check.ok)).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.checks.map((check) => check.name)).toEqual([
      "database reachable",
      "database version",
      "database writable",
      "clock",
      "migrations",
      "notifications",
      "data directory",
      "instance key",
      "jobs",
      "usage books",
      "owner",
    ]);
  });

  it("names what is wrong and what to do about it", async () => {
    const { pool } = test.app.database;
    await test.alice.call(server.doctor, {});
    await pool`update instance_settings set value = to_jsonb('other'::text) where name = 'key.fingerprint'`;
    await pool`
      insert into job_runs (job, scope, planned_at, started_at, ended_at, error)
      values ('work.sweep', 'all', now(), now(), now(), 'it broke')`;
    test.advance(60_000);
    const report = await test.alice.call(server.doctor, {});
    test.advance(-60_000);
    const failed = report.checks.filter((check) => !check.ok);
    expect(report.ok).toBe(false);
    expect(failed.map((check) => check.name)).toEqual(["clock", "instance key", "jobs"]);
    expect(failed.every((check) => check.fix !== "")).toBe(true);
    expect(failed.at(-1)?.detail).toContain("it broke");
  });

  it("is for the administrators of the installation", async () => {
    await expect(test.bob.call(server.doctor, {})).rejects.toMatchObject({
      code: "forbidden",
      reason: "role_required",
    });
  });

  it("says what to do when no machine is online", async () => {
    await addRuntime(test, {
      ownerId: test.bob.userId,
      cli: "tutorial",
      lastSeenAt: new Date(test.now().getTime() - 3_600_000),
    });
    await addRuntime(test, { ownerId: test.alice.userId, cli: "tutorial", sharing: "workspace" });
    await expect(test.bob.call(server.doctorRun, { workspace })).rejects.toMatchObject({
      code: "conflict",
      reason: "doctor.no_runtime",
    });
  });

  it("queues the caller's tutorial agent, which is made once and closed to others", async () => {
    const first = await test.alice.call(server.doctorRun, { workspace });
    const second = await test.alice.call(server.doctorRun, { workspace });
    expect(second.issueKey).not.toBe(first.issueKey);
    const { items } = await test.alice.call(agents.list, { workspace });
    expect(items).toMatchObject([{ name: "Tutorial", access: "owner_only", queuedTasks: 2 }]);
    const issue = await test.bob.call(issues.get, { workspace, issue: first.issueKey });
    expect(issue.title).toMatch(/^Doctor run 2/);
    expect((await test.bob.call(agents.list, { workspace })).items).toEqual([]);
  });

  it("gives everybody an agent of their own, and moves it to the machine that is there", async () => {
    const old = await addRuntime(test, { ownerId: test.bob.userId, cli: "tutorial" });
    await test.bob.call(server.doctorRun, { workspace });
    const [agent] = (await test.bob.call(agents.list, { workspace })).items;
    expect(agent).toMatchObject({ name: "Tutorial (Bob)", runtimeId: old.id });
    await test.bob.call(runtimes.removeAndDelete, {
      workspace,
      runtimeId: old.id,
      agentIds: agent ? [agent.id] : [],
    });
    const next = await addRuntime(test, { ownerId: test.bob.userId, cli: "tutorial" });
    await test.bob.call(server.doctorRun, { workspace });
    const after = (await test.bob.call(agents.list, { workspace })).items;
    expect(after).toMatchObject([{ id: agent?.id, runtimeId: next.id, queuedTasks: 1 }]);
  });
});
