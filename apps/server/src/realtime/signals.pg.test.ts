import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@headcount/contract/kit/ids";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Database, openDatabase } from "../platform/database.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { createSignals, type Signal, type Signals } from "./signals.ts";

let test: TestApp;
let database: Database;
let other: Signals;
let running: Promise<void>;
const ending = new AbortController();
const heard: Signal[] = [];

beforeAll(async () => {
  test = await createTestApp();
  database = openDatabase({ url: test.databaseUrl, maxConnections: 1 });
  other = createSignals(database, test.app.services.log);
  other.on((signal) => heard.push(signal));
  running = other.run(ending.signal);
});
afterAll(async () => {
  ending.abort();
  await running;
  await database.close();
  await test[Symbol.asyncDispose]();
});

it("signals all reach another process, in order, in whatever script their paths are", async () => {
  const first = { topic: "daemon-owner", userId: newId() } as const;
  await waitFor(
    () => {
      test.app.signals.send(first);
      return heard.length > 0;
    },
    { describe: "the other process to listen" },
  );
  const checks = Array.from({ length: 9 }, (_, at) => ({
    topic: "directory-check" as const,
    daemonId: newId(),
    checkId: newId(),
    path: `/${"资料".repeat(400)}/${at}`,
    mode: "in_place" as const,
  }));
  for (const check of checks) test.app.signals.send(check);
  const heardChecks = () => heard.filter(({ topic }) => topic === "directory-check");
  await waitFor(() => heardChecks().length >= checks.length, { describe: "every question" });
  expect(heardChecks()).toEqual(checks);
});
