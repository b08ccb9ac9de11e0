import { afterAll, beforeAll, expect, it } from "vitest";
import { daemon } from "@headcount/contract/daemon/routes";
import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { RuntimeInspection } from "@headcount/contract/runtimes/inspection";
import { runtimes } from "@headcount/contract/runtimes/routes";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { announceRuntime, newsOf } from "./announce.fixture.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { createTestMachine, type TestMachine } from "../testing/test-machine.ts";

const workspace = "acme";
let app: TestApp;
let machine: TestMachine;
beforeAll(async () => {
  app = await createTestApp();
  machine = await createTestMachine(app, app.bob);
});
afterAll(() => app[Symbol.asyncDispose]());

const said: RuntimeInspection = {
  models: ["opus", "claude-opus-5-5"],
  modelsSource: "cli",
  signIn: "signed_out",
  signInCommand: "claude auth login",
  problem: null,
};

const seen = (): Promise<Runtime> =>
  app.bob.call(runtimes.get, { workspace, runtimeId: machine.runtimeId });

const newsWhile = (run: () => Promise<unknown>) => newsOf(app, run);

const announce = (inspection: RuntimeInspection | null): Promise<unknown> =>
  announceRuntime(app, machine, { verifiedVersion: "2.1.330", inspection });

it("what a program has said stays until it says something else", async () => {
  const before = await seen();
  expect(before).toMatchObject({ models: [], inspection: { at: null, request: "none" } });
  expect(await newsWhile(() => announce(said))).toEqual(["runtime.updated"]);
  const { models, modelsSource, signIn, signInCommand } = said;
  const inspection = { modelsSource, signIn, signInCommand, problem: null, request: "none" };
  const after = await seen();
  expect(after).toMatchObject({ models, inspection, verified: true, verifiedVersion: "2.1.330" });
  expect(after.inspection.at).not.toBeNull();
  expect(await newsWhile(() => announce(said))).toEqual([]);
  // A daemon that has just started has not asked yet.
  expect(await newsWhile(() => announce(null))).toEqual([]);
  expect(await seen()).toMatchObject({ models, inspection: { at: after.inspection.at } });
});

it("a wish reaches the machine with one heartbeat, and its answer ends the wish", async () => {
  const wish = () => app.alice.call(runtimes.inspect, { workspace, runtimeId: machine.runtimeId });
  await machine.beat();
  await app.bob.call(runtimes.update, {
    workspace,
    runtimeId: machine.runtimeId,
    sharing: "workspace",
  });
  expect(await newsWhile(wish)).toEqual(["runtime.updated"]);
  // Asking for what is asked for already is no second wish.
  expect(await newsWhile(wish)).toEqual([]);
  expect((await seen()).inspection.request).toBe("pending");
  const { requests } = await machine.beat();
  expect(requests).toEqual([
    { kind: "inspect", workspaceId: app.workspaceId, runtimeId: machine.runtimeId },
  ]);
  expect((await machine.beat()).requests).toEqual([]);
  expect((await seen()).inspection.request).toBe("running");
  const answer = { ...said, models: ["newer"], signIn: "signed_in" as const };
  const report = () =>
    app.callAs(machine.token, daemon.reportInspection, {
      workspaceId: app.workspaceId,
      runtimeId: machine.runtimeId,
      inspection: answer,
    });
  expect(await newsWhile(report)).toEqual(["runtime.updated"]);
  expect(await seen()).toMatchObject({
    models: ["newer"],
    inspection: { signIn: "signed_in", request: "none" },
  });
});

it("a machine that is not there is asked for nothing, and nobody asks about what they do not see", async () => {
  const runtimeId = machine.runtimeId;
  const other = await createTestMachine(app, app.alice);
  await expect(
    app.bob.call(runtimes.inspect, { workspace, runtimeId: other.runtimeId }),
  ).rejects.toMatchObject({ code: "not_found" });
  const unknown = crypto.randomUUID() as RuntimeId;
  const report = { workspaceId: app.workspaceId, inspection: said };
  for (const foreign of [other.runtimeId, unknown]) {
    await expect(
      app.callAs(machine.token, daemon.reportInspection, { ...report, runtimeId: foreign }),
    ).rejects.toMatchObject({ code: "not_found" });
  }
  await app.callAs(machine.token, daemon.deregister, { reason: "closed" });
  await expect(app.bob.call(runtimes.inspect, { workspace, runtimeId })).rejects.toMatchObject({
    code: "conflict",
    reason: "runtime.offline",
  });
});

it("a program that is gone makes its runtime offline on a machine that is there", async () => {
  const { runtimes: items } = await announceRuntime(app, machine, {
    problem: "not_found",
    repairHint: "npm install -g @anthropic-ai/claude-code",
  });
  expect(items).toHaveLength(1);
  await machine.beat();
  expect(await seen()).toMatchObject({
    health: "offline",
    problem: "not_found",
    repairHint: "npm install -g @anthropic-ai/claude-code",
  });
});
