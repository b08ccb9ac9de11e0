import { rm } from "node:fs/promises";
import { type Extent, JournalFile, type JournalLine } from "./journal-file.ts";

/** One file of a journal. */
export type Segment = {
  readonly number: number;
  readonly file: JournalFile;
  /** Records in it that are still wanted. */
  pending: number;
};

/** Where a value stands. */
export type Place = Extent & { readonly segment: Segment };

export type SegmentOptions = {
  /** Path of the files without their number. */
  readonly base: string;
  /** Files that are there already. */
  readonly numbers: readonly number[];
  /** A file that has grown beyond this is followed by a new one. */
  readonly segmentBytes: number;
  readonly onLine: (line: JournalLine, segment: Segment) => void;
};

/** Name of a file of a journal, after its base. */
export const segmentEnding = (number: number): string => `.${number}.journal`;

/**
 * The files of one journal, oldest first. Values go to the last one; a file of which nothing is
 * wanted any more is deleted, so that a long run keeps little more than what is still to be sent.
 * Calls must not overlap; the owner puts them in order.
 */
export class JournalSegments {
  readonly #options: SegmentOptions;
  #segments: Segment[] = [];

  private constructor(options: SegmentOptions) {
    this.#options = options;
  }

  static async open(options: SegmentOptions): Promise<JournalSegments> {
    const segments = new JournalSegments(options);
    const numbers = options.numbers.toSorted((left, right) => left - right);
    for (const number of numbers.length === 0 ? [0] : numbers) await segments.#add(number);
    return segments;
  }

  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.file.bytes, 0);
  }

  /**
   * Writes values to the end, in a new file where the last one is full; that one begins with `head`.
   *
   * @throws the system's error, with none of the values written
   */
  async append(
    head: unknown,
    values: readonly unknown[],
    sync: "sync" | "lazy" = "sync",
  ): Promise<readonly Place[]> {
    const last = this.#last();
    const segment =
      last.file.bytes > this.#options.segmentBytes ? await this.#add(last.number + 1) : last;
    const isNew = segment.file.bytes === 0;
    const extents = await segment.file.append(isNew ? [head, ...values] : values, sync);
    return (isNew ? extents.slice(1) : extents).map((extent) => ({ ...extent, segment }));
  }

  /** Replaces the content of one file by `head` and the values. */
  async rewrite(
    segment: Segment,
    head: unknown,
    values: readonly unknown[],
  ): Promise<readonly Place[]> {
    const extents = await segment.file.rewrite([head, ...values]);
    return extents.slice(1).map((extent) => ({ ...extent, segment }));
  }

  /** Deletes every file but the last of which nothing is wanted any more. */
  async dropSettled(): Promise<void> {
    const last = this.#last();
    const done = this.#segments.filter((segment) => segment.pending === 0 && segment !== last);
    this.#segments = this.#segments.filter((segment) => !done.includes(segment));
    for (const { file } of done) await file.remove();
  }

  /** The only file, when nothing in it is wanted and it is worth making it small. */
  emptyAbove(bytes: number): Segment | null {
    const [only, ...others] = this.#segments;
    if (only === undefined || others.length > 0 || only.pending > 0) return null;
    return only.file.bytes > bytes ? only : null;
  }

  async close(): Promise<void> {
    for (const { file } of this.#segments) await file.close();
  }

  async remove(): Promise<void> {
    for (const { file } of this.#segments) await file.remove();
  }

  async #add(number: number): Promise<Segment> {
    const path = `${this.#options.base}${segmentEnding(number)}`;
    // What a crash in the middle of a rewrite has left behind.
    await rm(`${path}.draft`, { force: true });
    const lines: JournalLine[] = [];
    const file = await JournalFile.open(path, (line) => lines.push(line));
    const segment: Segment = { number, file, pending: 0 };
    this.#segments.push(segment);
    for (const line of lines) this.#options.onLine(line, segment);
    return segment;
  }

  #last(): Segment {
    const last = this.#segments.at(-1);
    if (last === undefined) throw new Error(`${this.#options.base} has no file`);
    return last;
  }
}
