import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import type { OutboxRecord } from "@headcount/contract/daemon/schemas";
import { TaskId, WorkspaceId } from "@headcount/contract/kit/ids";
import { createSteadyClock } from "../machine/steady-clock.ts";
import { LeaseJournal } from "./lease-journal.ts";
import { leaseName, type LeaseKey } from "./outbox-entry.ts";
import { RejectedRecords, type RejectedRecord } from "./rejected-records.ts";

export type OutboxOptions = {
  readonly maxBytes: number;
  /** Unix milliseconds; a clock that nobody sets unless stated. */
  readonly now?: () => number;
  /** Longest wait of transcript, usage and progress for their write; 200 ms unless stated. */
  readonly batchMs?: number;
  /** Size from which on a lease gets another file; 4 MiB unless stated. */
  readonly segmentBytes?: number;
  readonly onDiskError?: (error: unknown) => void;
};

export type OutboxFigures = { readonly depth: number; readonly oldestAgeMs: number };

/**
 * Everything this machine still has to tell the server, on disk. Records of one lease are
 * delivered in order until each is confirmed.
 */
export class Outbox {
  readonly #directory: string;
  readonly #options: OutboxOptions;
  readonly #journals = new Map<string, LeaseJournal>();
  readonly #opening = new Map<string, Promise<LeaseJournal>>();
  readonly #rejected: RejectedRecords;
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;
  #shrinking = false;

  private constructor(directory: string, options: OutboxOptions, rejected: RejectedRecords) {
    this.#directory = directory;
    this.#options = options;
    this.#now = options.now ?? createSteadyClock();
    this.#rejected = rejected;
  }

  static async open(directory: string, options: OutboxOptions): Promise<Outbox> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const rejected = await RejectedRecords.open(path.join(directory, "rejected.log"));
    const outbox = new Outbox(directory, options, rejected);
    for (const { key, numbers } of leasesIn(await readdir(directory))) {
      await outbox.#open(key, numbers);
    }
    return outbox;
  }

  /** The journal of a lease, made when there is none. */
  journal(key: LeaseKey): Promise<LeaseJournal> {
    const name = leaseName(key);
    const known = this.#journals.get(name);
    if (known !== undefined) return Promise.resolve(known);
    const opening = this.#opening.get(name) ?? this.#open(key, []);
    this.#opening.set(name, opening);
    return opening;
  }

  async #open(key: LeaseKey, numbers: readonly number[]): Promise<LeaseJournal> {
    const name = leaseName(key);
    const base = path.join(this.#directory, `${key.workspaceId}.${name}`);
    try {
      const journal = await LeaseJournal.open({ base, numbers }, key, {
        now: this.#now,
        batchMs: this.#options.batchMs ?? 200,
        segmentBytes: this.#options.segmentBytes ?? 4 * 1024 ** 2,
        onWritten: () => this.#onWritten(),
        onWriteFailed: (error) => this.#options.onDiskError?.(error),
      });
      this.#journals.set(name, journal);
      return journal;
    } finally {
      this.#opening.delete(name);
    }
  }

  /** Whether the lease still has records that the server has not confirmed, or may get more. */
  holds(key: Pick<LeaseKey, "taskId" | "lease">): boolean {
    return this.#journals.has(leaseName(key));
  }

  /** Whether any lease of the task has records here. */
  holdsTask(taskId: string): boolean {
    return this.journals().some((journal) => journal.key.taskId === taskId && journal.depth > 0);
  }

  /** Those that end a task first, then by age: they free slots and unblock people. */
  journals(): readonly LeaseJournal[] {
    const rank = (journal: LeaseJournal): number => (journal.pendingEnding === null ? 1 : 0);
    const age = (journal: LeaseJournal): number => journal.oldestAtMs ?? Infinity;
    return [...this.#journals.values()].toSorted(
      (left, right) => rank(left) - rank(right) || age(left) - age(right),
    );
  }

  get figures(): OutboxFigures {
    const journals = [...this.#journals.values()];
    const oldest = Math.min(...journals.map((journal) => journal.oldestAtMs ?? Infinity));
    return {
      depth: journals.reduce((sum, journal) => sum + journal.depth, 0),
      oldestAgeMs: Number.isFinite(oldest) ? Math.max(0, Math.round(this.#now() - oldest)) : 0,
    };
  }

  get rejected(): readonly RejectedRecord[] {
    return this.#rejected.items;
  }

  /** Calls back after each write. */
  onWritten(listener: () => void): void {
    this.#listeners.add(listener);
  }

  async settle(key: LeaseKey, sequences: readonly number[]): Promise<void> {
    await this.#journals.get(leaseName(key))?.settle(sequences);
    await this.#removeFinished();
  }

  /** Takes a record out of the way that will never be accepted, and keeps note of it. */
  async reject(
    record: LeaseKey & Pick<OutboxRecord, "sequence" | "kind">,
    reason: string,
  ): Promise<void> {
    const { taskId, lease, sequence, kind } = record;
    try {
      await this.#rejected.add({ taskId, lease, sequence, kind, reason, atMs: this.#now() });
    } catch (error) {
      // It is still listed until the daemon ends; a full disk must not hold up what comes after it.
      this.#options.onDiskError?.(error);
    }
    await this.settle(record, [sequence]);
  }

  async release(): Promise<void> {
    await Promise.all([...this.#journals.values()].map((journal) => journal.release()));
    await this.#rejected.release();
  }

  #onWritten(): void {
    for (const listener of this.#listeners) listener();
    this.#removeFinished().catch((error: unknown) => this.#options.onDiskError?.(error));
    void this.#shrink();
  }

  async #removeFinished(): Promise<void> {
    for (const [name, journal] of this.#journals) {
      if (!journal.isClosed || journal.depth > 0) continue;
      this.#journals.delete(name);
      await journal.remove();
    }
  }

  /** Oldest transcript first, until it fits or nothing is left that may go. */
  async #shrink(): Promise<void> {
    if (this.#shrinking) return;
    this.#shrinking = true;
    try {
      while (this.#bytes() > this.#options.maxBytes) {
        const victim = this.#oldestTranscript();
        if (victim === undefined) return;
        await victim.dropTranscript();
      }
    } catch (error) {
      this.#options.onDiskError?.(error);
    } finally {
      this.#shrinking = false;
    }
  }

  #oldestTranscript(): LeaseJournal | undefined {
    return [...this.#journals.values()]
      .filter((journal) => journal.oldestTranscriptAtMs !== null)
      .toSorted((a, b) => (a.oldestTranscriptAtMs ?? 0) - (b.oldestTranscriptAtMs ?? 0))[0];
  }

  #bytes(): number {
    return [...this.#journals.values()].reduce((sum, journal) => sum + journal.bytes, 0);
  }
}

type KnownLease = { readonly key: LeaseKey; readonly numbers: readonly number[] };

/** Leases that have files in a folder, by the names of these. */
function leasesIn(names: readonly string[]): readonly KnownLease[] {
  const found = names.flatMap((name) => {
    const match = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.(\d+)\.(\d+)\.journal$/.exec(name);
    const workspaceId = WorkspaceId.safeParse(match?.[1]);
    const taskId = TaskId.safeParse(match?.[2]);
    if (!workspaceId.success || !taskId.success) return [];
    const key = { workspaceId: workspaceId.data, taskId: taskId.data, lease: Number(match?.[3]) };
    return [{ key, number: Number(match?.[4]) }];
  });
  return [...Map.groupBy(found, ({ key }) => leaseName(key)).values()].flatMap((files) => {
    const [first] = files;
    return first === undefined
      ? []
      : [{ key: first.key, numbers: files.map(({ number }) => number) }];
  });
}
