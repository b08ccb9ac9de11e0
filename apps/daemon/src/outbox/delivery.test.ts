import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeClient } from "@headcount/client/make-client";
import { ScriptedServer } from "@headcount/client/scripted-server.fixture";
import type { OutboxRecord, RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import { patientMs } from "@headcount/testkit/patience";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test, vi } from "vitest";
import { Delivery } from "./delivery.ts";
import { Outbox } from "./outbox.ts";
import { newLease, terminal, transcriptRow, usageOf } from "./outbox.fixture.ts";

// Processes and disks are slow on a busy machine; nothing here measures time.
vi.setConfig({ testTimeout: patientMs(60_000) });

type Sent = { readonly records: readonly OutboxRecord[] };

function acknowledge(
  record: OutboxRecord,
  result: RecordAcknowledgement["result"] = "stored",
): RecordAcknowledgement {
  const { taskId, lease, sequence } = record;
  return { taskId, lease, sequence, result, reason: result === "rejected" ? "test.bad" : null };
}

async function setUp(
  directory: string,
  server: ScriptedServer,
  clocks: { readonly now?: () => number; readonly elapsedMs?: () => number } = {},
): Promise<{ outbox: Outbox; delivery: Delivery }> {
  const { now, elapsedMs } = clocks;
  const outbox = await Outbox.open(directory, {
    maxBytes: 2 ** 31,
    batchMs: 1,
    ...(now === undefined ? {} : { now }),
  });
  const client = makeClient({ baseUrl: server.baseUrl, clientName: "daemon" });
  const time = elapsedMs === undefined ? {} : { elapsedMs };
  return { outbox, delivery: new Delivery({ outbox, client, log: () => {}, ...time }) };
}

const hourMs = 3_600_000;
const weeksMs = 20 * 24 * hourMs;

const storesAll: ScriptedServer["answer"] = ({ body }) => ({
  body: { acknowledgements: (body as Sent).records.map((record) => acknowledge(record)) },
});

const reasonsOf = (outbox: Outbox): readonly string[] =>
  outbox.rejected.map(({ kind, reason }) => `${kind} ${reason}`);

test("INV-102 records are replayed in order until each is acknowledged", async () => {
  await using directory = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  const { outbox, delivery } = await setUp(directory.path, server);
  const journal = await outbox.journal(newLease());
  for (const seq of [0, 1, 2]) await journal.append(transcriptRow(seq));
  const got: number[] = [];
  let calls = 0;
  server.answer = ({ body }) => {
    calls += 1;
    const { records } = body as Sent;
    if (calls === 1) return { status: 503 };
    got.push(...records.map((record) => record.sequence));
    // The second answer confirms only the first record.
    const confirmed = calls === 2 ? records.slice(0, 1) : records;
    return { body: { acknowledgements: confirmed.map((record) => acknowledge(record)) } };
  };
  await delivery.drain(AbortSignal.timeout(5_000));
  await delivery.drain(AbortSignal.timeout(5_000));
  await delivery.drain(AbortSignal.timeout(5_000));
  expect(got).toEqual([0, 1, 2, 1, 2]);
  expect(outbox.figures.depth).toBe(0);
  await outbox.release();
});

test("a rejected record is listed and the others go on; a refused batch is halved down to the bad one", async () => {
  await using directory = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  const { outbox, delivery } = await setUp(directory.path, server);
  const journal = await outbox.journal(newLease());
  for (const seq of [0, 1, 2, 3, 4, 5, 6]) await journal.append(transcriptRow(seq));
  const stored: number[] = [];
  server.answer = ({ body }) => {
    const { records } = body as Sent;
    if (records.some((record) => record.sequence === 3)) {
      const error = { code: "invalid", reason: "validation", message: "", requestId: "r" };
      return { status: 422, body: error };
    }
    const isRefused = (record: OutboxRecord): boolean => record.sequence === 5;
    stored.push(...records.filter((record) => !isRefused(record)).map((record) => record.sequence));
    const answers = records.map((record) =>
      acknowledge(record, isRefused(record) ? "rejected" : "stored"),
    );
    return { body: { acknowledgements: answers } };
  };
  await delivery.drain(AbortSignal.timeout(5_000));
  expect(stored).toEqual([0, 1, 2, 4, 6]);
  expect(outbox.rejected.map((record) => [record.sequence, record.reason])).toEqual([
    [3, "validation"],
    [5, "test.bad"],
  ]);
  await outbox.release();
});

test("INV-103 endings of tasks are delivered before other leases and before a claim may go on", async () => {
  await using directory = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  const { outbox, delivery } = await setUp(directory.path, server);
  const running = await outbox.journal(newLease());
  const ended = await outbox.journal(newLease());
  await running.append(transcriptRow(0));
  await ended.append(usageOf("u"));
  await ended.append(terminal());
  const order: string[] = [];
  let isDown = true;
  server.answer = ({ body }) => {
    if (isDown) return { status: 503 };
    const { records } = body as Sent;
    order.push(...records.map((record) => record.kind));
    return { body: { acknowledgements: records.map((record) => acknowledge(record)) } };
  };
  const stop = new AbortController();
  const running_ = delivery.run(stop.signal);
  let mayClaim = false;
  const shown = delivery.endingsShown(stop.signal).then(() => (mayClaim = true));
  await waitFor(() => server.requests.length > 0, {
    timeoutMs: 40_000,
    describe: "a first attempt",
  });
  expect(mayClaim).toBe(false);
  isDown = false;
  delivery.wake();
  await shown;
  expect(order).toEqual(["usage", "terminal", "transcript"]);
  stop.abort();
  await running_;
  await outbox.release();
});

test("while the server is away, a waiting claim does not turn pauses into a storm of attempts", async () => {
  await using directory = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  const { outbox, delivery } = await setUp(directory.path, server);
  await (await outbox.journal(newLease())).append(terminal());
  let attempts = 0;
  server.answer = ({ url }) => {
    if (url.pathname === "/other") return { body: {} };
    attempts += 1;
    return { status: 503 };
  };
  const stop = new AbortController();
  const running = delivery.run(stop.signal);
  const waiting = delivery.endingsShown(stop.signal);
  await waitFor(() => attempts > 0, { timeoutMs: 40_000, describe: "a first attempt" });
  // As many exchanges as a loop without pauses would have made in the same time.
  for (let call = 0; call < 100; call += 1) await fetch(`${server.baseUrl}/other`);
  expect(attempts).toBeLessThan(10);
  stop.abort();
  await Promise.all([running, waiting]);
  await outbox.release();
});

test("INV-18 INV-102 records of a machine that was off for weeks, or whose clock jumped, still arrive", async () => {
  await using directory = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  let now = 1_000_000;
  const { outbox, delivery } = await setUp(directory.path, server, { now: () => now });
  const journal = await outbox.journal(newLease());
  await journal.append(usageOf("u"));
  await journal.append(terminal());
  now += weeksMs;
  server.answer = () => ({ status: 503 });
  await delivery.drain(AbortSignal.timeout(5_000));
  expect(outbox.figures.depth).toBe(2);
  const kinds: string[] = [];
  server.answer = (request) => {
    kinds.push(...(request.body as Sent).records.map((record) => record.kind));
    return storesAll(request);
  };
  await delivery.drain(AbortSignal.timeout(5_000));
  expect(kinds).toEqual(["usage", "terminal"]);
  expect(outbox.rejected).toEqual([]);
  await outbox.release();
});

test("a record is given up after 14 days when an hour of trying or the server's own word was in vain", async () => {
  await using directory = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  let now = 1_000_000;
  let elapsedMs = 0;
  const clocks = { now: () => now, elapsedMs: () => elapsedMs };
  const { outbox, delivery } = await setUp(directory.path, server, clocks);
  const journal = await outbox.journal(newLease());
  await journal.append(usageOf("u"));
  now += weeksMs;
  server.answer = () => ({ status: 503 });
  await delivery.drain(AbortSignal.timeout(5_000));
  elapsedMs += hourMs - 1;
  await delivery.drain(AbortSignal.timeout(5_000));
  expect(outbox.figures.depth).toBe(1);
  elapsedMs += 1;
  await delivery.drain(AbortSignal.timeout(5_000));
  expect(reasonsOf(outbox)).toEqual(["usage expired"]);

  await journal.append(terminal());
  server.answer = ({ body }) => ({
    body: {
      acknowledgements: (body as Sent).records.map((record) => acknowledge(record, "retry")),
    },
  });
  await delivery.drain(AbortSignal.timeout(5_000));
  expect(outbox.figures.depth).toBe(1);
  now += weeksMs;
  await delivery.drain(AbortSignal.timeout(5_000));
  expect(reasonsOf(outbox)).toEqual(["usage expired", "terminal expired"]);
  await outbox.release();
});

test("a record that the disk has lost is listed, and holds up neither the others nor the next claim", async () => {
  await using directory = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  const { outbox, delivery } = await setUp(directory.path, server);
  const journal = await outbox.journal(newLease());
  await journal.append(transcriptRow(0, "before"));
  await journal.append(terminal("what nobody will ever read"));
  await journal.append(usageOf("after"));
  const [name = ""] = (await readdir(directory.path)).filter((one) => one.endsWith(".journal"));
  const file = path.join(directory.path, name);
  const bytes = await readFile(file);
  bytes[bytes.indexOf("nobody")] = 0x4e;
  await writeFile(file, bytes);
  const kinds: string[] = [];
  server.answer = (request) => {
    kinds.push(...(request.body as Sent).records.map((record) => record.kind));
    return storesAll(request);
  };
  const stop = new AbortController();
  const running = delivery.run(stop.signal);
  await delivery.endingsShown(stop.signal);
  await waitFor(() => outbox.figures.depth === 0, { describe: "an empty outbox" });
  expect(kinds).toEqual(["transcript", "usage"]);
  expect(reasonsOf(outbox)).toEqual(["terminal damaged"]);
  stop.abort();
  await running;
  await outbox.release();
});

test("one request stays within its size, however many runs end at once", async () => {
  await using directory = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  const { outbox, delivery } = await setUp(directory.path, server);
  const answer = "x".repeat(900_000);
  for (let run = 0; run < 12; run += 1) {
    await (await outbox.journal(newLease())).append(terminal(answer));
  }
  server.answer = storesAll;
  await delivery.drain(AbortSignal.timeout(30_000));
  expect(outbox.figures.depth).toBe(0);
  const sizes = server.requests.map(({ headers }) => Number(headers["content-length"]));
  expect(sizes.length).toBeGreaterThan(1);
  // Eight mebibytes and what the last record is larger than what was left of them.
  expect(Math.max(...sizes)).toBeLessThan(8 * 1024 ** 2 + 1_000_000);
  await outbox.release();
});
