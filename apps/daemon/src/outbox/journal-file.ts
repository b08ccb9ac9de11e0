import { createReadStream } from "node:fs";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { syncDirectory } from "../state/atomic-file.ts";
import { decodeCheckedLine, encodeCheckedLine } from "./checked-line.ts";

/** Where a line stands in its file, without its line end. */
export type Extent = { readonly offset: number; readonly length: number };
export type JournalLine = Extent & { readonly value: unknown };

/**
 * An append-only file of checked lines. What `append` has confirmed survives a `kill -9` and a loss
 * of power; a half-written tail is cut when the file is opened again.
 * Calls must not overlap; the owner puts them in order.
 */
export class JournalFile {
  readonly path: string;
  #handle: FileHandle;
  #bytes: number;

  private constructor(file: string, handle: FileHandle, bytes: number) {
    this.path = file;
    this.#handle = handle;
    this.#bytes = bytes;
  }

  /** Opens or makes the file and hands each whole line to `onLine`, in order. */
  static async open(file: string, onLine: (line: JournalLine) => void): Promise<JournalFile> {
    const handle = await open(file, "a+", 0o600);
    const wholeBytes = await scan(file, onLine);
    const { size } = await handle.stat();
    if (size > wholeBytes) {
      await handle.truncate(wholeBytes);
      await handle.sync();
    }
    await syncDirectory(path.dirname(file));
    return new JournalFile(file, handle, wholeBytes);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Writes all values and waits until they are on the disk.
   *
   * @throws the system's error, with nothing of these values left in the file
   */
  async append(values: readonly unknown[], sync: "sync" | "lazy" = "sync"): Promise<Extent[]> {
    const lines = values.map((value) => Buffer.from(encodeCheckedLine(value)));
    const extents = this.#layOut(lines);
    try {
      await this.#handle.appendFile(Buffer.concat(lines));
      if (sync === "sync") await this.#handle.datasync();
    } catch (error) {
      await this.#handle.truncate(this.#bytes);
      throw error;
    }
    this.#bytes += lines.reduce((sum, line) => sum + line.length, 0);
    return extents;
  }

  #layOut(lines: readonly Buffer[]): Extent[] {
    let offset = this.#bytes;
    return lines.map((line) => {
      const extent = { offset, length: line.length - 1 };
      offset += line.length;
      return extent;
    });
  }

  /**
   * Reads values in the order in which they stand, neighbours together.
   *
   * @returns for each its line, or null when the disk has lost what was confirmed
   */
  async readAll(extents: readonly Extent[]): Promise<ReturnType<typeof decodeCheckedLine>[]> {
    const lines: ReturnType<typeof decodeCheckedLine>[] = [];
    for (let at = 0; at < extents.length;) {
      const together = neighbours(extents.slice(at));
      lines.push(...(await this.#readSpan(together)));
      at += together.length;
    }
    return lines;
  }

  async #readSpan(extents: readonly Extent[]): Promise<ReturnType<typeof decodeCheckedLine>[]> {
    const [first, last] = [extents[0], extents.at(-1)];
    if (first === undefined || last === undefined) return [];
    const buffer = Buffer.alloc(last.offset + last.length - first.offset);
    try {
      await this.#handle.read(buffer, 0, buffer.length, first.offset);
    } catch {
      // A bad place on the disk harms nothing but what stands there.
      if (extents.length === 1) return [null];
      const singly = await Promise.all(extents.map((extent) => this.#readSpan([extent])));
      return singly.flat();
    }
    return extents.map(({ offset, length }) => {
      const start = offset - first.offset;
      return decodeCheckedLine(buffer.subarray(start, start + length));
    });
  }

  /** Replaces the whole content at once: a crash leaves either the old or the new one. */
  async rewrite(values: readonly unknown[]): Promise<Extent[]> {
    const draft = await open(`${this.path}.draft`, "w", 0o600);
    const lines = values.map((value) => Buffer.from(encodeCheckedLine(value)));
    try {
      await draft.writeFile(Buffer.concat(lines));
      await draft.sync();
    } finally {
      await draft.close();
    }
    await rename(`${this.path}.draft`, this.path);
    await syncDirectory(path.dirname(this.path));
    await this.#handle.close();
    this.#handle = await open(this.path, "a+", 0o600);
    this.#bytes = 0;
    const extents = this.#layOut(lines);
    this.#bytes = lines.reduce((sum, line) => sum + line.length, 0);
    return extents;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async remove(): Promise<void> {
    await this.#handle.close();
    await rm(this.path, { force: true });
  }
}

/** What lies between two lines that are read together is at most this. */
const longestGap = 64 * 1024;
const longestSpan = 1024 * 1024;

/** The first of these lines and those behind it that one look at the disk can bring. */
function neighbours(extents: readonly Extent[]): readonly Extent[] {
  const start = extents[0]?.offset ?? 0;
  let end = start;
  const other = extents.findIndex(({ offset, length }, index) => {
    const isFar = offset - end > longestGap || offset + length - start > longestSpan;
    end = offset + length;
    return index > 0 && isFar;
  });
  return other < 0 ? extents : extents.slice(0, other);
}

/** Returns the number of bytes up to the end of the last whole line before the first bad one. */
async function scan(file: string, onLine: (line: JournalLine) => void): Promise<number> {
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  const stream = createReadStream(file, { highWaterMark: 1024 * 1024 });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = data.indexOf(0x0a); end >= 0; end = data.indexOf(0x0a)) {
      const decoded = decodeCheckedLine(data.subarray(0, end));
      if (decoded === null) return offset;
      onLine({ offset, length: end, value: decoded.value });
      offset += end + 1;
      data = data.subarray(end + 1);
    }
    rest = data;
  }
  return offset;
}
