import type { OutboxRecord } from "@headcount/contract/daemon/schemas";
import type { JournalLine } from "./journal-file.ts";
import { JournalSegments, type Segment } from "./journal-segments.ts";
import type { LeaseKey, OutboxEntry, RecordContent, StoredRecord } from "./outbox-entry.ts";
import { type PendingRecord, PendingRecords } from "./pending-records.ts";
import { readRecords } from "./read-records.ts";
import { UnwrittenRecords } from "./unwritten-records.ts";
import { type KeptRecord, withoutTranscript } from "./without-transcript.ts";

export type LeaseJournalOptions = {
  readonly now: () => number;
  /** Longest time that transcript, usage and progress wait to be written together. */
  readonly batchMs: number;
  readonly segmentBytes: number;
  /** After each write: records may be delivered, and the disk has less room. */
  readonly onWritten: () => void;
  /** The disk refused; the records are kept in memory and tried again. */
  readonly onWriteFailed: (error: unknown) => void;
};

const compactAboveBytes = 1024 * 1024;

/** Kinds that wait for no batch: losing them loses a run's state. */
const urgentKinds: ReadonlySet<OutboxRecord["kind"]> = new Set([
  "session",
  "terminal",
  "cancel_ack",
]);

/** The records of one lease that the server has not confirmed yet, on disk, in order. */
export class LeaseJournal {
  readonly key: LeaseKey;
  readonly #options: LeaseJournalOptions;
  readonly #unwritten = new UnwrittenRecords(() => void this.flush());
  readonly #pending = new PendingRecords();
  #segments: JournalSegments | null = null;
  #damaged: PendingRecord[] = [];
  #nextSequence = 0;
  #isClosed = false;
  /** File operations run one after the other; each waits for the one before it. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(key: LeaseKey, options: LeaseJournalOptions) {
    this.key = key;
    this.#options = options;
  }

  /** @param files base of the journal's files and the numbers of those that are there */
  static async open(
    files: { readonly base: string; readonly numbers: readonly number[] },
    key: LeaseKey,
    options: LeaseJournalOptions,
  ): Promise<LeaseJournal> {
    const journal = new LeaseJournal(key, options);
    journal.#segments = await JournalSegments.open({
      ...files,
      segmentBytes: options.segmentBytes,
      onLine: (line, segment) => journal.#restore(line, segment),
    });
    return journal;
  }

  #restore(line: JournalLine, segment: Segment): void {
    // Lines pass a checksum and were written by this class.
    const entry = line.value as OutboxEntry;
    if (entry.entry === "record") {
      this.#pending.add({ record: entry.record, place: { ...line, segment } });
      this.#nextSequence = Math.max(this.#nextSequence, entry.record.sequence + 1);
    } else if (entry.entry === "settled") {
      for (const sequence of entry.sequences) this.#pending.forget(sequence);
      this.#nextSequence = Math.max(this.#nextSequence, (entry.sequences.at(-1) ?? -1) + 1);
    } else {
      this.#isClosed ||= entry.entry === "closed";
      this.#nextSequence = Math.max(this.#nextSequence, entry.nextSequence);
    }
  }

  get bytes(): number {
    return this.#segments?.bytes ?? 0;
  }

  /** Records that are not confirmed, those that are still being written included. */
  get depth(): number {
    return this.#pending.size + this.#unwritten.size;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get oldestAtMs(): number | null {
    return this.#pending.oldest?.atMs ?? this.#unwritten.oldest?.atMs ?? null;
  }

  /** When the oldest transcript row was stored; null when there is none to drop. */
  get oldestTranscriptAtMs(): number | null {
    return this.#pending.oldestTranscript?.atMs ?? null;
  }

  /** Sequence of the record that ends the lease, while it is not confirmed. */
  get pendingEnding(): number | null {
    return this.#pending.ending;
  }

  /** Adds a record. Resolves once it is on the disk; until then it does not count as reported. */
  append(content: RecordContent): Promise<void> {
    const record = { ...content, sequence: this.#nextSequence, atMs: this.#options.now() };
    this.#nextSequence += 1;
    const written = this.#unwritten.add(record);
    this.#unwritten.writeWithin(urgentKinds.has(content.kind) ? 0 : this.#options.batchMs);
    return written;
  }

  /** Writes what is still in memory. */
  flush(): Promise<void> {
    this.#unwritten.stopTimer();
    return this.#enqueue(() => this.#write());
  }

  async #write(): Promise<void> {
    const records = this.#unwritten.all();
    if (records.length === 0) return;
    try {
      const entries = records.map((record): OutboxEntry => ({ entry: "record", record }));
      const places = await this.#open().append(this.#begun(), entries);
      this.#unwritten.written(records.length);
      records.forEach((record, index) => {
        const place = places[index];
        if (place !== undefined) this.#pending.add({ record, place });
      });
    } catch (error) {
      this.#options.onWriteFailed(error);
      this.#unwritten.writeWithin(1_000);
      return;
    }
    this.#options.onWritten();
  }

  /** Says that no more records will come; the file goes when all are confirmed. */
  async close(): Promise<void> {
    await this.flush();
    await this.#enqueue(async () => {
      if (this.#isClosed) return;
      const entry: OutboxEntry = { entry: "closed", nextSequence: this.#nextSequence };
      await this.#open().append(this.#begun(), [entry]);
      this.#isClosed = true;
    });
    this.#options.onWritten();
  }

  /** Number of the next record that will be written. */
  #begun(): OutboxEntry {
    return { entry: "begun", nextSequence: this.#nextSequence - this.#unwritten.size };
  }

  /** How many records, and bytes of the disk, `take` would bring now with these limits. */
  ready(limits: { readonly records: number; readonly bytes: number }): {
    readonly records: number;
    readonly bytes: number;
  } {
    const oldest = this.#pending.upTo(limits);
    return { records: oldest.length, bytes: oldest.reduce((sum, { length }) => sum + length, 0) };
  }

  /** The oldest unconfirmed records, in order, up to both limits (but at least one). */
  take(limits: { readonly records: number; readonly bytes: number }): Promise<OutboxRecord[]> {
    return this.#enqueue(async () => {
      let taken: OutboxRecord[] = [];
      // Those that the disk has lost are not pending any more: those behind them come then.
      while (taken.length === 0 && this.#pending.size > 0) {
        taken = (await this.#read(this.#pending.upTo(limits))).map((record) =>
          this.#toSend(record),
        );
      }
      return taken;
    });
  }

  /**
   * Records that `take` has found unreadable since the last call: the disk has lost them. They are
   * not pending any more.
   */
  takeDamaged(): readonly Pick<PendingRecord, "sequence" | "kind">[] {
    const damaged = this.#damaged;
    this.#damaged = [];
    return damaged;
  }

  /** Without those that the disk has lost. */
  async #read(wanted: readonly PendingRecord[]): Promise<readonly StoredRecord[]> {
    const { records, damaged } = await readRecords(wanted);
    for (const { sequence } of damaged) this.#pending.forget(sequence);
    this.#damaged.push(...damaged);
    return records;
  }

  #toSend({ atMs, ...content }: StoredRecord): OutboxRecord {
    return { ...this.key, ...content, ageMs: Math.max(0, Math.round(this.#options.now() - atMs)) };
  }

  /** The given records are delivered, or given up. A lost note only costs a harmless replay. */
  settle(sequences: readonly number[]): Promise<void> {
    return this.#enqueue(async () => {
      for (const sequence of sequences) this.#pending.forget(sequence);
      const segments = this.#open();
      try {
        // First what makes room: the disk may be full.
        await segments.dropSettled();
        const empty = this.#isClosed ? null : segments.emptyAbove(compactAboveBytes);
        const entry: OutboxEntry = { entry: "settled", sequences };
        if (empty === null) await segments.append(this.#begun(), [entry], "lazy");
        else await segments.rewrite(empty, this.#begun(), []);
      } catch (error) {
        this.#options.onWriteFailed(error);
      }
    });
  }

  /**
   * Makes room in the file with the oldest transcript: its rows become one visible marker,
   * confirmed records disappear. Everything else stays.
   */
  dropTranscript(): Promise<void> {
    return this.#enqueue(async () => {
      const segment = this.#pending.oldestTranscript?.segment;
      if (segment === undefined) return;
      const records = await this.#read(this.#pending.of(segment));
      await this.#replace(segment, withoutTranscript(records));
    });
  }

  async #replace(segment: Segment, kept: readonly KeptRecord[]): Promise<void> {
    const entries = kept.map(({ record }): OutboxEntry => ({ entry: "record", record }));
    const closed: OutboxEntry = { entry: "closed", nextSequence: this.#nextSequence };
    const places = await this.#open().rewrite(
      segment,
      this.#begun(),
      this.#isClosed ? [...entries, closed] : entries,
    );
    const written = kept.flatMap((record, at) => {
      const place = places[at];
      return place === undefined ? [] : [{ ...record, place }];
    });
    this.#pending.replace(segment, written);
  }

  /** Deletes the files of a lease that has nothing left to say. */
  remove(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#segments?.remove();
      this.#segments = null;
    });
  }

  /** Lets go of the files; records stay for the next start. */
  async release(): Promise<void> {
    await this.flush();
    await this.#enqueue(async () => {
      await this.#segments?.close();
      this.#segments = null;
    });
    this.#unwritten.stopTimer();
  }

  #open(): JournalSegments {
    if (this.#segments === null) throw new Error(`The outbox of task ${this.key.taskId} is closed`);
    return this.#segments;
  }

  #enqueue<Result>(operation: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(operation);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
