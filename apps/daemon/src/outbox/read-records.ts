import type { OutboxEntry, StoredRecord } from "./outbox-entry.ts";
import type { PendingRecord } from "./pending-records.ts";

export type ReadRecords = {
  readonly records: readonly StoredRecord[];
  /** What the disk has lost, which must not hold up the others. */
  readonly damaged: readonly PendingRecord[];
};

/** Reads records from where they stand, in their order. */
export async function readRecords(wanted: readonly PendingRecord[]): Promise<ReadRecords> {
  const records: StoredRecord[] = [];
  const damaged: PendingRecord[] = [];
  for (const [segment, ofSegment] of Map.groupBy(wanted, (pending) => pending.segment)) {
    const lines = await segment.file.readAll(ofSegment);
    for (const [index, pending] of ofSegment.entries()) {
      // Lines pass a checksum and were written by the journal.
      const entry = lines[index]?.value as OutboxEntry | undefined;
      if (entry?.entry === "record") records.push(entry.record);
      else damaged.push(pending);
    }
  }
  return { records, damaged };
}
