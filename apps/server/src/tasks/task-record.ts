import type { OutboxRecord } from "@headcount/contract/daemon/schemas";

/** A record of a machine about one task: everything but usage, which the ledger takes by itself. */
export type TaskRecord = Exclude<OutboxRecord, { kind: "usage" }>;
