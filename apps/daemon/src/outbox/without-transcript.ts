import type { StoredRecord } from "./outbox-entry.ts";

type TranscriptRecord = Extract<StoredRecord, { kind: "transcript" }>;

/** A record that is kept, and whether it stands for transcript that was dropped. */
export type KeptRecord = { readonly record: StoredRecord; readonly isGap: boolean };

/** Drops the transcript among these records and leaves one visible marker in its place. */
export function withoutTranscript(records: readonly StoredRecord[]): readonly KeptRecord[] {
  // The place of the last one: should the first be on their way already, it still arrives.
  const last = records.findLast((record) => record.kind === "transcript");
  return records.flatMap((record): readonly KeptRecord[] => {
    if (record.kind !== "transcript") return [{ record, isGap: false }];
    return record === last ? [{ record: gapMarker(record), isGap: true }] : [];
  });
}

function gapMarker(last: TranscriptRecord): TranscriptRecord {
  const content =
    "Part of this transcript was dropped: the daemon's outbox had reached its size limit.";
  const { input: _input, ...body } = last.body;
  return {
    ...last,
    body: { ...body, type: "status", content, tool: null, callId: null, originalBytes: null },
  };
}
