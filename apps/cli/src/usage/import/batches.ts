import type { SessionFile } from "@headcount/session-files/session-file";
import type { SessionUsage } from "@headcount/session-files/session-usage";

/** A record as it is sent. */
export type OutgoingRecord = Omit<SessionUsage, "billing" | "isCopy"> & {
  readonly billing: "api" | "subscription";
};

export type Batches = {
  /** Sends what has come together when that is a batch. */
  add(record: OutgoingRecord): Promise<void>;
  /** All records of the file have been added. */
  endFile(file: SessionFile): void;
  flush(): Promise<void>;
};

const mostRecords = 1_000;
/** Vendor objects above this size are left out. */
const mostRawCharacters = 4_096;

/**
 * Gathers records into batches across files. `done` names files only after the batch with the last
 * of their records has been acknowledged.
 */
export function createBatches(to: {
  readonly send: (records: OutgoingRecord[]) => Promise<void>;
  readonly done: (files: readonly SessionFile[]) => Promise<void>;
}): Batches {
  let records: OutgoingRecord[] = [];
  let ended: SessionFile[] = [];
  const flush = async (): Promise<void> => {
    const [batch, files] = [records, ended];
    records = [];
    ended = [];
    if (batch.length > 0) await to.send(batch);
    if (files.length > 0) await to.done(files);
  };
  return {
    async add(record) {
      records.push(withSmallRaw(record));
      if (records.length >= mostRecords) await flush();
    },
    endFile(file) {
      ended.push(file);
    },
    flush,
  };
}

function withSmallRaw(record: OutgoingRecord): OutgoingRecord {
  const isLarge = JSON.stringify(record.raw ?? null).length > mostRawCharacters;
  return isLarge ? { ...record, raw: null } : record;
}
