import { z } from "zod";
import { TaskId } from "../kit/ids.ts";
import { Instant, workspacePath } from "../kit/values.ts";

/** Calendar day of UTC, `YYYY-MM-DD`. */
export const UtcDay = z.iso.date();

/** Month of the ledger, `YYYY-MM`: the one in which its tasks were queued. */
export const LedgerMonth = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: "is no month, such as 2026-11." });

/** A sum that is not what the ledger adds up to. */
export const UsageDifference = z.object({
  /** Table of the sum. */
  rollup: z.string(),
  key: z.string(),
  /** The figures that differ, as the ledger has them: `input=120 output=4`. */
  ledger: z.string(),
  stored: z.string(),
});
export type UsageDifference = z.infer<typeof UsageDifference>;

/**
 * Which part of the books: sums of whole UTC days, what meters of one month show, or what budgets
 * have counted. Without any of them, everything.
 */
export const booksPart = {
  ...workspacePath,
  from: UtcDay.optional(),
  /** First day that is left out. */
  to: UtcDay.optional(),
  metersOf: LedgerMonth.optional(),
  /** Counters of all budgets and tanks. */
  budgets: z.literal(true).optional(),
};

export const BooksComparison = z.object({
  ledgerEvents: z.int(),
  rollupRows: z.int(),
  /** At most 200 of them. */
  differences: z.array(UsageDifference),
});
export type BooksComparison = z.infer<typeof BooksComparison>;

/** What the books hold, so that they can be gone through part by part. */
export const BooksBounds = z.object({
  /** First day with anything on the books; null when they are empty. */
  from: UtcDay.nullable(),
  /** First day after everything. */
  to: UtcDay.nullable(),
  /** Months whose meters hold something, oldest first. */
  months: z.array(LedgerMonth),
  /** Months whose events were taken out of the ledger: their quarter-hours stand for them. */
  archivedMonths: z.array(LedgerMonth),
});
export type BooksBounds = z.infer<typeof BooksBounds>;

/** What the nightly comparison of yesterday's sums with the ledger has found. */
export const BooksVerification = z.object({
  verifiedAt: Instant,
  fromDay: UtcDay,
  /** First day that was left out. */
  toDay: UtcDay,
  /** Sums that differ; above zero it is an alarm. */
  differences: z.int(),
  /** The first of them. */
  keys: z.array(z.string()),
});
export type BooksVerification = z.infer<typeof BooksVerification>;

/** A usage record that was refused. */
export const QuarantinedUsage = z.object({
  id: z.uuid(),
  taskId: TaskId.nullable(),
  receivedAt: Instant,
  reason: z.string(),
  /** As it arrived. */
  record: z.unknown(),
});
export type QuarantinedUsage = z.infer<typeof QuarantinedUsage>;
