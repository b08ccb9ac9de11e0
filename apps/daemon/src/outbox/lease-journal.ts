import type { OutboxRecord } from "@headcount/contract/daemon/schemas";
import { JournalFile, type Extent, type JournalLine } from "./journal-file.ts";
import type { LeaseKey, OutboxEntry, RecordContent, StoredRecord } from "./outbox-entry.ts";

type PendingRecord = Extent & {
  readonly sequence: number;
  readonly kind: OutboxRecord["kind"];
  readonly atMs: number;
};

export type LeaseJournalOptions = {
  readonly now: () => number;
  /** Longest time that transcript, usage and progress wait to be written together. */
  readonly batchMs: number;
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
  readonly #pending = new Map<number, PendingRecord>();
  #file: JournalFile | null = null;
  #nextSequence = 0;
  #isClosed = false;
  #unwritten: StoredRecord[] = [];
  #waiters: (() => void)[] = [];
  #flushTimer: ReturnType<typeof setTimeout> | null = null;
  /** File operations run one after the other; each waits for the one before it. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(key: LeaseKey, options: LeaseJournalOptions) {
    this.key = key;
    this.#options = options;
  }

  static async open(
    file: string,
    key: LeaseKey,
    options: LeaseJournalOptions,
  ): Promise<LeaseJournal> {
    const journal = new LeaseJournal(key, options);
    journal.#file = await JournalFile.open(file, (line) => journal.#restore(line));
    return journal;
  }

  #restore(line: JournalLine): void {
    // Lines pass a checksum and were written by this class.
    const entry = line.value as OutboxEntry;
    if (entry.entry === "record") {
      this.#index(entry.record, line);
      this.#nextSequence = Math.max(this.#nextSequence, entry.record.sequence + 1);
    } else if (entry.entry === "settled") {
      for (const sequence of entry.sequences) this.#pending.delete(sequence);
      this.#nextSequence = Math.max(this.#nextSequence, (entry.sequences.at(-1) ?? -1) + 1);
    } else {
      this.#isClosed = true;
      this.#nextSequence = Math.max(this.#nextSequence, entry.nextSequence);
    }
  }

  #index(record: StoredRecord, { offset, length }: Extent): void {
    const { sequence, kind, atMs } = record;
    this.#pending.set(sequence, { sequence, kind, atMs, offset, length });
  }

  get bytes(): number {
    return this.#file?.bytes ?? 0;
  }

  /** Records that are not confirmed, those that are still being written included. */
  get depth(): number {
    return this.#pending.size + this.#unwritten.length;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get oldestAtMs(): number | null {
    const [first] = this.#pending.values();
    return first?.atMs ?? this.#unwritten[0]?.atMs ?? null;
  }

  /** When the oldest transcript row was stored; null when there is none to drop. */
  get oldestTranscriptAtMs(): number | null {
    for (const record of this.#pending.values()) {
      if (record.kind === "transcript") return record.atMs;
    }
    return null;
  }

  /** Sequence of the record that ends the lease, while it is not confirmed. */
  get pendingEnding(): number | null {
    for (const record of this.#pending.values()) {
      if (record.kind === "terminal" || record.kind === "cancel_ack") return record.sequence;
    }
    return null;
  }

  /** Adds a record. Resolves once it is on the disk; until then it does not count as reported. */
  append(content: RecordContent): Promise<void> {
    const record = { ...content, sequence: this.#nextSequence, atMs: this.#options.now() };
    this.#nextSequence += 1;
    this.#unwritten.push(record);
    const written = new Promise<void>((resolve) => this.#waiters.push(resolve));
    this.#scheduleFlush(urgentKinds.has(content.kind) ? 0 : this.#options.batchMs);
    return written;
  }

  #scheduleFlush(delayMs: number): void {
    if (this.#flushTimer !== null && delayMs > 0) return;
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = setTimeout(() => void this.flush(), delayMs);
  }

  /** Writes what is still in memory. */
  flush(): Promise<void> {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    return this.#enqueue(() => this.#write());
  }

  async #write(): Promise<void> {
    // Copies: more may be added while these are on their way to the disk.
    const records = [...this.#unwritten];
    const waiters = [...this.#waiters];
    if (records.length === 0) return;
    try {
      const entries = records.map((record): OutboxEntry => ({ entry: "record", record }));
      const extents = await this.#open().append(entries);
      this.#unwritten = this.#unwritten.slice(records.length);
      this.#waiters = this.#waiters.slice(waiters.length);
      records.forEach((record, index) => {
        const extent = extents[index];
        if (extent !== undefined) this.#index(record, extent);
      });
    } catch (error) {
      this.#options.onWriteFailed(error);
      this.#scheduleFlush(1_000);
      return;
    }
    for (const resolve of waiters) resolve();
    this.#options.onWritten();
  }

  /** Says that no more records will come; the file goes when all are confirmed. */
  async close(): Promise<void> {
    await this.flush();
    await this.#enqueue(async () => {
      if (this.#isClosed) return;
      const entry: OutboxEntry = { entry: "closed", nextSequence: this.#nextSequence };
      await this.#open().append([entry]);
      this.#isClosed = true;
    });
    this.#options.onWritten();
  }

  /** The oldest unconfirmed records, in order, up to both limits (but at least one). */
  take(limits: { readonly records: number; readonly bytes: number }): Promise<OutboxRecord[]> {
    return this.#enqueue(async () => {
      const taken: OutboxRecord[] = [];
      let bytes = 0;
      for (const pending of this.#pending.values()) {
        bytes += pending.length;
        if (taken.length >= limits.records || (bytes > limits.bytes && taken.length > 0)) break;
        taken.push(await this.#readRecord(pending));
      }
      return taken;
    });
  }

  async #readRecord(pending: PendingRecord): Promise<OutboxRecord> {
    const { record } = (await this.#open().read(pending)) as Extract<
      OutboxEntry,
      { entry: "record" }
    >;
    const { atMs, ...content } = record;
    return { ...this.key, ...content, ageMs: Math.max(0, Math.round(this.#options.now() - atMs)) };
  }

  /** The given records are delivered, or given up. A lost note only costs a harmless replay. */
  settle(sequences: readonly number[]): Promise<void> {
    return this.#enqueue(async () => {
      for (const sequence of sequences) this.#pending.delete(sequence);
      const isWorthShrinking = this.#pending.size === 0 && this.bytes > compactAboveBytes;
      if (isWorthShrinking && !this.#isClosed) return this.#forgetSettled();
      const entry: OutboxEntry = { entry: "settled", sequences };
      await this.#open().append([entry], "lazy");
    });
  }

  /** A long run writes on; what the server has is of no more use here but for its last number. */
  async #forgetSettled(): Promise<void> {
    const last = this.#nextSequence - this.#unwritten.length - 1;
    const entry: OutboxEntry = { entry: "settled", sequences: [last] };
    await this.#open().rewrite([entry]);
  }

  /**
   * Makes room: transcript rows become one visible marker, confirmed records disappear. Everything
   * else stays.
   */
  dropTranscript(): Promise<void> {
    return this.#enqueue(async () => {
      const kept: OutboxEntry[] = [];
      let dropped = 0;
      for (const pending of this.#pending.values()) {
        const entry = (await this.#open().read(pending)) as OutboxEntry;
        if (entry.entry !== "record") continue;
        if (entry.record.kind !== "transcript") kept.push(entry);
        else if (dropped++ === 0) kept.push({ entry: "record", record: gapMarker(entry.record) });
      }
      const closed: OutboxEntry = { entry: "closed", nextSequence: this.#nextSequence };
      const extents = await this.#open().rewrite(this.#isClosed ? [...kept, closed] : kept);
      this.#pending.clear();
      kept.forEach((entry, index) => {
        const extent = extents[index];
        if (entry.entry === "record" && extent !== undefined) this.#index(entry.record, extent);
      });
    });
  }

  /** Deletes the file of a lease that has nothing left to say. */
  remove(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#file?.remove();
      this.#file = null;
    });
  }

  /** Lets go of the file; records stay for the next start. */
  async release(): Promise<void> {
    await this.flush();
    await this.#enqueue(async () => {
      await this.#file?.close();
      this.#file = null;
    });
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
  }

  #open(): JournalFile {
    if (this.#file === null) throw new Error(`The outbox of task ${this.key.taskId} is closed`);
    return this.#file;
  }

  #enqueue<Result>(operation: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(operation);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function gapMarker(first: Extract<StoredRecord, { kind: "transcript" }>): StoredRecord {
  const content =
    "Part of this transcript was dropped: the daemon's outbox had reached its size limit.";
  const { input: _input, ...body } = first.body;
  return {
    ...first,
    body: { ...body, type: "status", content, tool: null, callId: null, originalBytes: null },
  };
}
