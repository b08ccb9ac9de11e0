import type { OutboxRecord } from "@headcount/contract/daemon/schemas";
import type { Place, Segment } from "./journal-segments.ts";
import type { StoredRecord } from "./outbox-entry.ts";

export type PendingRecord = Place & {
  readonly sequence: number;
  readonly kind: OutboxRecord["kind"];
  readonly atMs: number;
  /** Stands for transcript that was dropped. */
  readonly isGap: boolean;
};

/** A record that was written, and where it stands now. */
export type WrittenRecord = {
  readonly record: StoredRecord;
  readonly place: Place;
  readonly isGap?: boolean;
};

/** Which records of a lease are on the disk and not confirmed, in order, and where they stand. */
export class PendingRecords {
  readonly #records = new Map<number, PendingRecord>();
  /** Those of them that end the lease. */
  readonly #endings = new Set<number>();

  get size(): number {
    return this.#records.size;
  }

  get oldest(): PendingRecord | null {
    const [first] = this.#records.values();
    return first ?? null;
  }

  /** The oldest row of transcript that may still be dropped. */
  get oldestTranscript(): PendingRecord | null {
    for (const record of this.#records.values()) {
      if (record.kind === "transcript" && !record.isGap) return record;
    }
    return null;
  }

  /** Sequence of the record that ends the lease. */
  get ending(): number | null {
    const [first] = this.#endings;
    return first ?? null;
  }

  add({ record, place, isGap = false }: WrittenRecord): void {
    const { sequence, kind, atMs } = record;
    const { offset, length, segment } = place;
    this.#records.set(sequence, { sequence, kind, atMs, offset, length, segment, isGap });
    if (kind === "terminal" || kind === "cancel_ack") this.#endings.add(sequence);
    segment.pending += 1;
  }

  forget(sequence: number): void {
    const record = this.#records.get(sequence);
    if (record === undefined) return;
    this.#records.delete(sequence);
    this.#endings.delete(sequence);
    record.segment.pending -= 1;
  }

  /** The oldest ones up to both limits, but at least one. */
  upTo(limits: { readonly records: number; readonly bytes: number }): readonly PendingRecord[] {
    const oldest: PendingRecord[] = [];
    let bytes = 0;
    for (const pending of this.#records.values()) {
      bytes += pending.length;
      if (oldest.length >= limits.records || (bytes > limits.bytes && oldest.length > 0)) break;
      oldest.push(pending);
    }
    return oldest;
  }

  of(segment: Segment): readonly PendingRecord[] {
    return [...this.#records.values()].filter((pending) => pending.segment === segment);
  }

  /** Puts others in the place of all that stand in a file, which was written anew. */
  replace(segment: Segment, written: readonly WrittenRecord[]): void {
    const others = [...this.#records.values()].filter((pending) => pending.segment !== segment);
    this.#records.clear();
    segment.pending = 0;
    for (const pending of others) {
      if (pending.segment.number < segment.number) this.#records.set(pending.sequence, pending);
    }
    for (const record of written) this.add(record);
    for (const pending of others) {
      if (pending.segment.number > segment.number) this.#records.set(pending.sequence, pending);
    }
  }
}
