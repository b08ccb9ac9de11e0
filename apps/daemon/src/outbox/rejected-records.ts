import type { OutboxRecord } from "@headcount/contract/daemon/schemas";
import { JournalFile } from "./journal-file.ts";

/** A record that the server will never take, and why. Shown by `headcount daemon outbox`. */
export type RejectedRecord = {
  readonly taskId: string;
  readonly lease: number;
  readonly sequence: number;
  readonly kind: OutboxRecord["kind"];
  readonly reason: string;
  readonly atMs: number;
};

const keptRecords = 1_000;

/** The visible list of refused records, newest last, kept over restarts. */
export class RejectedRecords {
  readonly #file: JournalFile;
  #items: RejectedRecord[];

  private constructor(file: JournalFile, items: RejectedRecord[]) {
    this.#file = file;
    this.#items = items;
  }

  static async open(path: string): Promise<RejectedRecords> {
    const items: RejectedRecord[] = [];
    // Lines pass a checksum and were written by this class.
    const file = await JournalFile.open(path, (line) => items.push(line.value as RejectedRecord));
    return new RejectedRecords(file, items);
  }

  get items(): readonly RejectedRecord[] {
    return this.#items;
  }

  async add(record: RejectedRecord): Promise<void> {
    this.#items.push(record);
    if (this.#items.length <= keptRecords) {
      await this.#file.append([record]);
      return;
    }
    this.#items = this.#items.slice(-keptRecords / 2);
    await this.#file.rewrite(this.#items);
  }

  async release(): Promise<void> {
    await this.#file.close();
  }
}
