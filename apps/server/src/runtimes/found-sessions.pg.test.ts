import { afterAll, beforeAll, expect, it } from "vitest";
import { daemon } from "@headcount/contract/daemon/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import type { FoundSessions } from "@headcount/contract/runtimes/schemas";
import { createTestApp, type TestApp, type TestPerson } from "../testing/test-app.ts";
import { createTestMachine, type TestMachine } from "../testing/test-machine.ts";

let app: TestApp;
let machine: TestMachine;
beforeAll(async () => {
  app = await createTestApp();
  machine = await createTestMachine(app, app.bob);
});
afterAll(() => app[Symbol.asyncDispose]());

const found: FoundSessions = { sessions: 412, firstDay: "2025-09-03", lastDay: "2026-11-20" };

async function announce(foundSessions: FoundSessions | null): Promise<readonly string[]> {
  const { cursor } = await app.bob.call(changes.cursor, { workspace: "acme" });
  await app.callAs(machine.token, daemon.register, {
    workspaceId: app.workspaceId,
    identity: {
      daemonId: machine.daemonId,
      deviceName: "Bob's machine",
      version: "0.1.0",
      platform: "linux",
      capabilities: ["resume"],
    },
    slots: { total: 20, free: 20 },
    runtimes: [
      {
        cli: "claude",
        cliTitle: "claude",
        version: "1.0.0",
        verified: true,
        coverage: { level: "exact", reason: "" },
        foundSessions,
      },
    ],
  });
  const { items } = await app.bob.call(changes.poll, { workspace: "acme", after: cursor });
  return items.map(({ type }) => type);
}

async function seenBy(person: TestPerson): Promise<FoundSessions | null | undefined> {
  const { items } = await person.call(runtimes.list, { workspace: "acme", owner: "all" });
  return items.find(({ cli }) => cli === "claude")?.foundSessions;
}

it("sessions that a machine found are shown to its owner, and to nobody else", async () => {
  expect(await seenBy(app.bob)).toBeNull();
  expect(await announce(found)).toEqual(["runtime.updated"]);
  expect(await seenBy(app.bob)).toEqual(found);
  expect(await seenBy(app.alice)).toBeNull();
  expect(await announce(found)).toEqual([]);
  expect(await announce(null)).toEqual(["runtime.updated"]);
  expect(await seenBy(app.bob)).toBeNull();
});
