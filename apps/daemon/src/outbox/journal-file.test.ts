import { appendFile, copyFile, readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { patientMs } from "@headcount/testkit/patience";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { JournalFile } from "./journal-file.ts";

// Processes and disks are slow on a busy machine; nothing here measures time.
vi.setConfig({ testTimeout: patientMs(60_000) });

async function readAll(file: string): Promise<unknown[]> {
  const values: unknown[] = [];
  const journal = await JournalFile.open(file, (line) => values.push(line.value));
  await journal.close();
  return values;
}

test("INV-102 a journal cut at any byte yields exactly the whole lines before the cut", async () => {
  await using directory = await temporaryDirectory();
  const original = path.join(directory.path, "original");
  const written = [{ a: 1 }, { text: 'zwei ✓ \n quoted "x"' }, { list: [1, 2, 3] }];
  const journal = await JournalFile.open(original, () => {});
  for (const value of written) await journal.append([value]);
  await journal.close();
  const bytes = await readFile(original);
  const ends = [...bytes].flatMap((byte, index) => (byte === 0x0a ? [index + 1] : []));
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const file = path.join(directory.path, "cut");
    await copyFile(original, file);
    await truncate(file, cut);
    const whole = ends.filter((end) => end <= cut).length;
    expect(await readAll(file)).toEqual(written.slice(0, whole));
    expect((await readFile(file)).length).toBe(ends[whole - 1] ?? 0);
  }
});

test("INV-102 after a torn tail the next append is readable", async () => {
  await using directory = await temporaryDirectory();
  const file = path.join(directory.path, "journal");
  const first = await JournalFile.open(file, () => {});
  await first.append([1, 2]);
  await first.close();
  await appendFile(file, 'deadbeef {"half');
  const second = await JournalFile.open(file, () => {});
  const [extent] = await second.append([3]);
  expect(extent && (await second.readAll([extent]))).toEqual([{ value: 3 }]);
  await second.close();
  expect(await readAll(file)).toEqual([1, 2, 3]);
});

test("INV-102 a flipped bit ends the journal at the line before it and never yields a wrong value", async () => {
  await using directory = await temporaryDirectory();
  const original = path.join(directory.path, "original");
  const written = [{ a: 1 }, { b: 2 }, { c: 3 }];
  const journal = await JournalFile.open(original, () => {});
  await journal.append(written);
  await journal.close();
  const bytes = await readFile(original);
  const file = path.join(directory.path, "flipped");
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      await writeFile(file, damaged);
      const values = await readAll(file);
      expect(written.slice(0, values.length)).toEqual(values);
      expect(values.length).toBeLessThan(written.length);
    }),
    { numRuns: 60 },
  );
});

test("a rewrite replaces everything and further appends follow it", async () => {
  await using directory = await temporaryDirectory();
  const file = path.join(directory.path, "journal");
  const journal = await JournalFile.open(file, () => {});
  await journal.append([1, 2, 3]);
  const [extent] = await journal.rewrite([9]);
  await journal.append([10]);
  expect(extent && (await journal.readAll([extent]))).toEqual([{ value: 9 }]);
  await journal.close();
  expect(await readAll(file)).toEqual([9, 10]);
});

test("INV-102 values are read together, and one that the disk has lost costs none of its neighbours", async () => {
  await using directory = await temporaryDirectory();
  const file = path.join(directory.path, "journal");
  const journal = await JournalFile.open(file, () => {});
  const values = Array.from({ length: 300 }, (_, index) => `${index} ${"x".repeat(index * 40)}`);
  const extents = await journal.append(values);
  const wanted = extents.filter((_, index) => index % 3 !== 1);
  const expected = values.filter((_, index) => index % 3 !== 1).map((value) => ({ value }));
  expect(await journal.readAll(wanted)).toEqual(expected);
  const bytes = await readFile(file);
  const lost = wanted[120];
  if (lost !== undefined) bytes[lost.offset + 12] = 0;
  await writeFile(file, bytes);
  const found = await journal.readAll(wanted);
  expect(found[120]).toBeNull();
  expect(found.toSpliced(120, 1)).toEqual(expected.toSpliced(120, 1));
  await truncate(file, wanted[10]?.offset);
  expect(await journal.readAll(wanted)).toEqual(
    wanted.map((_, at) => (at < 10 ? expected[at] : null)),
  );
  await journal.close();
});
