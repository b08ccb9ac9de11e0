import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { OutboxRecord } from "@headcount/contract/daemon/schemas";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { Outbox } from "./outbox.ts";
import { newLease, terminal, transcriptRow, usageOf } from "./outbox.fixture.ts";
import type { LeaseKey } from "./outbox-entry.ts";

const roomy = { maxBytes: 2 ** 31, batchMs: 1 };

const sessionOf = (seq: number): { sessionId: string; workDirectory: string; modelUsed: null } => ({
  sessionId: `s${seq}`,
  workDirectory: "/w",
  modelUsed: null,
});

async function pendingOf(outbox: Outbox, key: LeaseKey): Promise<OutboxRecord[]> {
  const journal = await outbox.journal(key);
  return journal.take({ records: 100_000, bytes: 2 ** 31 });
}

test("records come back in order after a restart, without those that were settled", async () => {
  await using directory = await temporaryDirectory();
  const key = newLease();
  const first = await Outbox.open(directory.path, roomy);
  const journal = await first.journal(key);
  await Promise.all([1, 2, 3].map((seq) => journal.append(transcriptRow(seq))));
  await journal.append(terminal());
  await first.settle(key, [0, 1]);
  await first.release();

  const second = await Outbox.open(directory.path, roomy);
  const records = await pendingOf(second, key);
  expect(records.map((record) => [record.sequence, record.kind])).toEqual([
    [2, "transcript"],
    [3, "terminal"],
  ]);
  const again = await second.journal(key);
  await again.append(usageOf("late"));
  expect((await pendingOf(second, key)).at(-1)?.sequence).toBe(4);
  await second.release();
});

test("INV-102 records that come while others are being written are kept, in order", async () => {
  await using directory = await temporaryDirectory();
  const key = newLease();
  const first = await Outbox.open(directory.path, roomy);
  const journal = await first.journal(key);
  const writes: Promise<void>[] = [];
  for (let seq = 0; seq < 300; seq += 1) {
    const isUrgent = seq % 7 === 0;
    writes.push(
      journal.append(isUrgent ? { kind: "session", body: sessionOf(seq) } : transcriptRow(seq)),
    );
    if (seq % 3 === 0) void journal.flush();
    if (seq % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(writes);
  await first.release();
  const second = await Outbox.open(directory.path, roomy);
  const sequences = (await pendingOf(second, key)).map((record) => record.sequence);
  expect(sequences).toEqual(Array.from({ length: 300 }, (_, index) => index));
  await second.release();
});

test("the file of a closed lease goes with its last record", async () => {
  await using directory = await temporaryDirectory();
  const outbox = await Outbox.open(directory.path, roomy);
  const key = newLease();
  const journal = await outbox.journal(key);
  await journal.append(terminal());
  await journal.close();
  expect(outbox.holds(key)).toBe(true);
  await outbox.settle(key, [0]);
  expect(outbox.holds(key)).toBe(false);
  expect(await readdir(directory.path)).toEqual(["rejected.log"]);
  await outbox.release();
});

test("the file of a long run stays small while the server keeps up, and numbers go on", async () => {
  await using directory = await temporaryDirectory();
  const key = newLease();
  const first = await Outbox.open(directory.path, roomy);
  const journal = await first.journal(key);
  for (let seq = 0; seq < 400; seq += 1) {
    await Promise.all([0, 1].map(() => journal.append(transcriptRow(seq, "x".repeat(10_000)))));
    await first.settle(key, [2 * seq, 2 * seq + 1]);
  }
  expect(journal.bytes).toBeLessThan(2 * 1024 * 1024);
  await first.release();
  const second = await Outbox.open(directory.path, roomy);
  await (await second.journal(key)).append(terminal());
  expect((await pendingOf(second, key)).map((record) => record.sequence)).toEqual([800]);
  await second.release();
});

test("over its size limit the oldest transcript becomes one marker; status and usage stay", async () => {
  await using directory = await temporaryDirectory();
  const outbox = await Outbox.open(directory.path, { maxBytes: 20_000, batchMs: 1 });
  const old = newLease();
  const young = newLease();
  const oldJournal = await outbox.journal(old);
  const youngJournal = await outbox.journal(young);
  const writes = [
    usageOf("u1"),
    ...Array.from({ length: 15 }, (_, seq) => transcriptRow(seq, "x".repeat(1_000))),
    terminal(),
  ];
  for (const content of writes) await oldJournal.append(content);
  for (let seq = 0; seq < 6; seq += 1)
    await youngJournal.append(transcriptRow(seq, "y".repeat(1_000)));
  const kept = await pendingOf(outbox, old);
  expect(kept.map((record) => record.kind)).toEqual(["usage", "transcript", "terminal"]);
  expect(kept[1]?.kind === "transcript" && kept[1].body.type).toBe("status");
  expect(await pendingOf(outbox, young)).toHaveLength(6);
  await outbox.release();
});

test("figures show depth and age; rejected records stay visible after a restart", async () => {
  await using directory = await temporaryDirectory();
  let now = 1_000_000;
  const first = await Outbox.open(directory.path, { ...roomy, now: () => now });
  const key = newLease();
  const journal = await first.journal(key);
  await journal.append(usageOf("a"));
  await journal.append(usageOf("b"));
  now += 70_000;
  expect(first.figures).toEqual({ depth: 2, oldestAgeMs: 70_000 });
  const [record] = await pendingOf(first, key);
  if (record === undefined) throw new Error("nothing is pending");
  expect(record.ageMs).toBe(70_000);
  await first.reject(record, "usage.negative");
  await first.release();
  const second = await Outbox.open(directory.path, { ...roomy, now: () => now });
  expect(second.rejected).toMatchObject([{ sequence: 0, kind: "usage", reason: "usage.negative" }]);
  expect(second.figures.depth).toBe(1);
  await second.release();
});

test("INV-102 what was confirmed before a kill -9 is delivered after it", async () => {
  await using directory = await temporaryDirectory();
  for (let round = 0; round < 4; round += 1) {
    const key = newLease();
    const folder = path.join(directory.path, `round-${round}`);
    const confirmed = await writeUntilKilled(folder, key, 20 + round * 37);
    const outbox = await Outbox.open(folder, roomy);
    const records = await pendingOf(outbox, key);
    const seqs = records.map((record) => record.sequence);
    expect(seqs).toEqual(seqs.map((_, index) => index));
    expect(seqs.length).toBeGreaterThanOrEqual(confirmed);
    await outbox.release();
  }
});

/** Lets a child append records and kills it once it has confirmed `count`; returns what it confirmed. */
async function writeUntilKilled(folder: string, key: LeaseKey, count: number): Promise<number> {
  const script = fileURLToPath(new URL("./append-forever.fixture.ts", import.meta.url));
  const child = spawn(process.execPath, [script, folder, JSON.stringify(key)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let confirmed = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    confirmed += [...chunk].filter((byte) => byte === 0x2e).length;
    if (confirmed >= count) child.kill("SIGKILL");
  }
  return confirmed;
}
