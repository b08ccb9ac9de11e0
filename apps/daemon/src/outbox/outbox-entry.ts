import type { OutboxRecord } from "@headcount/contract/daemon/schemas";

/** What one record says, without its place. */
export type RecordContent = {
  [Kind in OutboxRecord["kind"]]: {
    readonly kind: Kind;
    readonly body: Extract<OutboxRecord, { kind: Kind }>["body"];
  };
}[OutboxRecord["kind"]];

/** One lease of one task: the unit that records are numbered in. */
export type LeaseKey = Pick<OutboxRecord, "workspaceId" | "taskId" | "lease">;

export type StoredRecord = RecordContent & {
  readonly sequence: number;
  /** Wall-clock time at which it was put in. */
  readonly atMs: number;
};

/** A line of a lease's journal. */
export type OutboxEntry =
  | { readonly entry: "record"; readonly record: StoredRecord }
  /** These sequences need not be delivered any more. */
  | { readonly entry: "settled"; readonly sequences: readonly number[] }
  /** First line of each file: the number that the record after it gets, whatever stood before. */
  | { readonly entry: "begun"; readonly nextSequence: number }
  /** No more records of this lease will come. */
  | { readonly entry: "closed"; readonly nextSequence: number };

export function leaseName(key: { readonly taskId: string; readonly lease: number }): string {
  return `${key.taskId}.${key.lease}`;
}
