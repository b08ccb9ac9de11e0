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

  /** @throws Error when the disk has lost what was confirmed */
  async read(extent: Extent): Promise<unknown> {
    const buffer = Buffer.alloc(extent.length);
    await this.#handle.read(buffer, 0, extent.length, extent.offset);
    const line = decodeCheckedLine(buffer);
    if (line === null) throw new Error(`${this.path} is damaged at byte ${extent.offset}`);
    return line.value;
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
