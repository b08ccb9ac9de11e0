import { makeClient } from "@headcount/client/make-client";
import { ScriptedServer } from "@headcount/client/scripted-server.fixture";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { Heartbeat } from "./heartbeat.ts";

const reply = {
  body: {
    runtimes: [],
    leases: [],
    membershipVersion: "1",
    serverTime: "2026-11-22T10:00:00.000Z",
  },
};

function heartbeatTo(server: ScriptedServer): Heartbeat {
  return new Heartbeat({
    client: makeClient({ baseUrl: server.baseUrl, clientName: "daemon" }),
    state: () => ({
      runtimeIds: [],
      leases: [],
      slots: { total: 1, free: 1 },
      outbox: { depth: 0, oldestAgeMs: 0 },
      machineProblem: null,
    }),
    onLease: () => {},
    onRuntimeGone: () => {},
    onMembershipVersion: () => {},
    onRequest: () => {},
    onReconnected: () => {},
    log: () => {},
    intervalMs: 1_000,
  });
}

test("runs that end at once ask the server together, each after its own end", async () => {
  await using server = await ScriptedServer.start();
  const heartbeat = heartbeatTo(server);
  const answered = Promise.withResolvers<void>();
  server.answer = async () => {
    await answered.promise;
    return reply;
  };
  const patient = new AbortController().signal;
  const first = heartbeat.check(patient);
  await waitFor(() => server.requests.length === 1, { describe: "the first question" });
  let isChecked = false;
  const others = Promise.all(Array.from({ length: 20 }, () => heartbeat.check(patient)));
  void others.then(() => (isChecked = true));
  answered.resolve();
  await first;
  // What began before they asked is no answer to them.
  expect(isChecked).toBe(false);
  await others;
  expect(server.requests).toHaveLength(2);
  expect(heartbeat.isConnected).toBe(true);
});

test("a run waits for the answer no longer than it wants to", async () => {
  await using server = await ScriptedServer.start();
  const answered = Promise.withResolvers<void>();
  server.answer = async () => {
    await answered.promise;
    return reply;
  };
  const heartbeat = heartbeatTo(server);
  await heartbeat.check(AbortSignal.timeout(1));
  expect(heartbeat.isConnected).toBe(false);
  answered.resolve();
});
