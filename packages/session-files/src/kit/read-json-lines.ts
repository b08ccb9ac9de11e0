import { createReadStream } from "node:fs";
import { createZstdDecompress } from "node:zlib";
import type { ReadingReport } from "../reading-report.ts";
import { type JsonObject, parseJsonObject } from "./json.ts";

/** Longer lines are skipped: 32 MiB. */
export const longestLineBytes = 32 * 1024 * 1024;

const newline = 0x0a;
const chunkBytes = 1024 * 1024;

export type LinesToRead = {
  readonly path: string;
  /** Only lines that contain one of these texts are parsed. */
  readonly marks: readonly string[];
  readonly onLine: (line: JsonObject) => void;
  readonly report: ReadingReport;
  readonly longestBytes?: number;
};

/**
 * Reads a file with one JSON object per line, piece by piece; at most one line is in memory at a
 * time. Files that end in `.zst` are decompressed on the way.
 *
 * @throws Error when the file cannot be read.
 */
export async function readJsonLines(wanted: LinesToRead): Promise<void> {
  const { marks, onLine, report, longestBytes = longestLineBytes } = wanted;
  const needles = marks.map((mark) => Buffer.from(mark));
  let pieces: Buffer[] = [];
  let pendingBytes = 0;

  const take = (line: Buffer): void => {
    if (!needles.some((needle) => line.includes(needle))) return;
    const value = parseJsonObject(line.toString("utf8"));
    if (value === null) report.brokenLines += 1;
    else onLine(value);
  };
  const endLine = (last: Buffer): void => {
    const bytes = pendingBytes + last.length;
    if (bytes > longestBytes) report.brokenLines += 1;
    else if (bytes > 0) take(pieces.length === 0 ? last : Buffer.concat([...pieces, last]));
    pieces = [];
    pendingBytes = 0;
  };

  for await (const chunk of openFile(wanted.path)) {
    report.readBytes += chunk.length;
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      endLine(chunk.subarray(start, end));
      start = end + 1;
    }
    pendingBytes += chunk.length - start;
    if (pendingBytes > longestBytes) pieces = [];
    else if (start < chunk.length) pieces.push(chunk.subarray(start));
  }
  endLine(Buffer.alloc(0));
}

function openFile(path: string): AsyncIterable<Buffer> {
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  if (!path.endsWith(".zst")) return file;
  const decompressed = createZstdDecompress();
  file.on("error", (error) => decompressed.destroy(error));
  return file.pipe(decompressed);
}
