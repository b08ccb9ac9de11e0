import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createReadingReport } from "../reading-report.ts";
import type { JsonObject } from "./json.ts";
import { readJsonLines } from "./read-json-lines.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lines-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(
  content: string | Buffer,
  options: { longestBytes?: number; name?: string } = {},
) {
  const path = join(folder, options.name ?? "file.jsonl");
  await writeFile(path, content);
  const lines: JsonObject[] = [];
  const report = createReadingReport();
  const { longestBytes } = options;
  await readJsonLines({
    path,
    marks: ['"n"'],
    report,
    onLine: (line) => lines.push(line),
    ...(longestBytes === undefined ? {} : { longestBytes }),
  });
  return { numbers: lines.map(({ n }) => n), brokenLines: report.brokenLines };
}

it("skips and counts broken lines, and leaves alone what is of no interest", async () => {
  const content = '{"n":1}\r\n\n{"other":2}\nnot json\n{"n":3\n[{"n":4}]\n{"n":5}';
  expect(await read(content)).toEqual({ numbers: [1, 5], brokenLines: 2 });
});

it("survives lines above the limit, however they lie in the pieces of the file", async () => {
  const long = JSON.stringify({ n: "x".repeat(3 * 1024 * 1024) });
  const content = `{"n":1}\n${long}\n{"n":2}\n${long}`;
  expect(await read(content, { longestBytes: 2 * 1024 * 1024 })).toEqual({
    numbers: [1, 2],
    brokenLines: 2,
  });
});

it("takes a line that fills many pieces, with characters split between them", async () => {
  const text = "é✓😀".repeat(400_000);
  const { numbers } = await read(`{"n":"${text}"}\n{"n":"end"}\n`);
  expect(numbers).toEqual([text, "end"]);
});

it("reads compressed files", async () => {
  const content = zstdCompressSync(Buffer.from('{"n":1}\n{"n":2}\n'));
  expect(await read(content, { name: "file.jsonl.zst" })).toEqual({
    numbers: [1, 2],
    brokenLines: 0,
  });
});

it("fails for a compressed file that is damaged, instead of ending early", async () => {
  const whole = zstdCompressSync(Buffer.from('{"n":1}\n'.repeat(1000)));
  await expect(read(whole.subarray(0, 20), { name: "file.jsonl.zst" })).rejects.toThrow(
    /unexpected end of file/i,
  );
});
