import { afterAll, beforeAll, expect, it } from "vitest";
import { runtimes } from "@headcount/contract/runtimes/routes";
import type { FoundSessions } from "@headcount/contract/runtimes/schemas";
import { announceRuntime, newsOf } from "./announce.fixture.ts";
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

const announce = (foundSessions: FoundSessions | null) =>
  newsOf(app, () => announceRuntime(app, machine, { foundSessions }));

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
