import { readdir } from "node:fs/promises";
import type { OutboxRecord } from "@headcount/contract/daemon/schemas";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { Outbox } from "./outbox.ts";
import { newLease, terminal, transcriptRow, usageOf } from "./outbox.fixture.ts";
import type { LeaseKey } from "./outbox-entry.ts";

const roomy = { maxBytes: 2 ** 31, batchMs: 1, segmentBytes: 4_000 };

async function pendingOf(outbox: Outbox, key: LeaseKey): Promise<OutboxRecord[]> {
  return (await outbox.journal(key)).take({ records: 100_000, bytes: 2 ** 31 });
}

async function journalFiles(directory: string): Promise<readonly string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith(".journal"));
}

const isGap = (record: OutboxRecord): boolean =>
  record.kind === "transcript" && record.body.type === "status";

test("INV-102 a backlog of many files loses one after the other as it is confirmed, and none too early", async () => {
  await using directory = await temporaryDirectory();
  const key = newLease();
  const first = await Outbox.open(directory.path, roomy);
  const journal = await first.journal(key);
  for (let seq = 0; seq < 40; seq += 1) await journal.append(transcriptRow(seq, "x".repeat(1_000)));
  const filesBefore = await journalFiles(directory.path);
  expect(filesBefore.length).toBeGreaterThan(5);
  const half = Array.from({ length: 20 }, (_, sequence) => sequence);
  await first.settle(key, half);
  const filesAfter = await journalFiles(directory.path);
  expect(filesAfter.length).toBeLessThan(filesBefore.length);
  await first.release();

  const second = await Outbox.open(directory.path, roomy);
  const rest = (await pendingOf(second, key)).map((record) => record.sequence);
  expect(rest).toEqual(half.map((sequence) => sequence + 20));
  await second.settle(key, rest);
  expect(await journalFiles(directory.path)).toHaveLength(1);
  await second.release();

  // Everything is confirmed and gone, and no number is given twice.
  const third = await Outbox.open(directory.path, roomy);
  await (await third.journal(key)).append(terminal());
  expect((await pendingOf(third, key)).map((record) => record.sequence)).toEqual([40]);
  await third.release();
});

test("over its size limit the oldest file gives its transcript first; what was said last stays", async () => {
  await using directory = await temporaryDirectory();
  const key = newLease();
  const outbox = await Outbox.open(directory.path, { ...roomy, maxBytes: 30_000 });
  const journal = await outbox.journal(key);
  await journal.append(usageOf("u"));
  for (let seq = 0; seq < 40; seq += 1) await journal.append(transcriptRow(seq, "x".repeat(1_000)));
  await journal.append(terminal());
  await waitFor(() => journal.bytes <= 30_000, { describe: "an outbox within its limit" });
  const kept = await pendingOf(outbox, key);
  const sequences = kept.map((record) => record.sequence);
  expect(sequences).toEqual(sequences.toSorted((left, right) => left - right));
  expect([kept[0]?.kind, kept.at(-1)?.kind]).toEqual(["usage", "terminal"]);
  expect(kept.filter(isGap).length).toBeGreaterThan(0);
  expect(sequences).toEqual(expect.arrayContaining([38, 39, 40, 41]));
  expect(kept.filter((record) => record.sequence > 35).some(isGap)).toBe(false);
  await outbox.release();
});

test("a gap is told although the first of what was dropped were on their way already", async () => {
  await using directory = await temporaryDirectory();
  const key = newLease();
  const outbox = await Outbox.open(directory.path, {
    ...roomy,
    maxBytes: 6_000,
    segmentBytes: 2 ** 20,
  });
  const journal = await outbox.journal(key);
  for (let seq = 0; seq < 3; seq += 1) await journal.append(transcriptRow(seq, "x".repeat(1_000)));
  const sent = await journal.take({ records: 3, bytes: 2 ** 20 });
  for (let seq = 3; seq < 8; seq += 1) await journal.append(transcriptRow(seq, "x".repeat(1_000)));
  await waitFor(() => journal.bytes <= 6_000, { describe: "an outbox within its limit" });
  await outbox.settle(
    key,
    sent.map((record) => record.sequence),
  );
  const rest = await pendingOf(outbox, key);
  expect(rest.filter(isGap)).toHaveLength(1);
  const [gap] = rest;
  expect(gap !== undefined && isGap(gap) && gap.sequence > 2).toBe(true);
  await outbox.release();
});
