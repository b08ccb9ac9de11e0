import type { TaskId } from "@headcount/contract/kit/ids";
import { sanitizeJson } from "@headcount/contract/kit/values";
import type { WorkspaceContext } from "../platform/context.ts";
import { applyRecord } from "./apply-record.ts";
import { checkRecord, eventKeyOf, type ReportedUsage } from "./check-record.ts";
import type { LedgerEvent } from "./ledger-part.ts";
import { type BookingScope, lockBookedTasks } from "./lock-booked-tasks.ts";
import { type EventChange, netChange } from "./net-change.ts";
import { readLedgerEvents } from "./read-ledger-events.ts";
import {
  addToRollups,
  addToTaskSums,
  insertCorrections,
  insertQuarantined,
  type RefusedRecord,
  type ReplacedFigures,
  writeEvents,
} from "./store.ts";

/** What became of one record. */
export type BookingResult = {
  readonly result: "stored" | "duplicate" | "corrected" | "rejected";
  /** Why it was rejected; null otherwise. */
  readonly reason: string | null;
};

/**
 * Books what runs have used: the ledger and every sum over it, exact when the transaction commits.
 * Each record is answered for itself and in order; a bad one is kept in quarantine and harms no
 * other. Repeating, reordering or overlapping deliveries end in the same ledger. Takes a fixed
 * number of statements however many records there are.
 *
 * Locks issues, tasks and then sums. Call it before anything that locks those in another order.
 */
export async function bookUsage(
  ctx: WorkspaceContext,
  records: readonly ReportedUsage[],
): Promise<BookingResult[]> {
  if (records.length === 0) return [];
  const taskIds = [...new Set(records.map((record) => record.taskId))].toSorted();
  const scope = await lockBookedTasks(ctx, taskIds);
  const keys = [...new Set(records.map(eventKeyOf))];
  const before = await readLedgerEvents(ctx, keys);
  const booking = decide({ records, scope, before, now: ctx.now });
  await write(ctx, booking);
  return booking.results;
}

type Booking = {
  readonly results: BookingResult[];
  readonly changes: readonly EventChange[];
  readonly replaced: readonly ReplacedFigures[];
  readonly refused: readonly RefusedRecord[];
};

type ToDecide = {
  readonly records: readonly ReportedUsage[];
  readonly scope: BookingScope;
  readonly before: ReadonlyMap<string, LedgerEvent>;
  readonly now: Date;
};

/** Walks the records in order; later ones see what earlier ones have changed. */
function decide({ records, scope, before, now }: ToDecide): Booking {
  const after = new Map<string, LedgerEvent>();
  const replaced: ReplacedFigures[] = [];
  const refused: RefusedRecord[] = [];
  const results = records.map((record): BookingResult => {
    const reject = (reason: string): BookingResult => {
      refused.push({ taskId: record.taskId, reason, record: sanitizeJson(record) });
      return { result: "rejected", reason };
    };
    const checked = checkRecord(record, scope, now);
    if (!checked.ok) return reject(checked.reason);
    const usage = checked.value;
    const applied = applyRecord(after.get(usage.key) ?? before.get(usage.key) ?? null, usage);
    if (applied.result === "rejected") return reject(applied.reason);
    if (applied.result === "duplicate") return { result: "duplicate", reason: null };
    after.set(usage.key, applied.event);
    if (applied.result === "corrected" && applied.replaced) {
      replaced.push({ key: usage.key, previous: applied.replaced });
    }
    return { result: applied.result, reason: null };
  });
  const changes = [...after].map(([key, event]) => ({
    before: before.get(key) ?? null,
    after: event,
  }));
  return { results, changes, replaced, refused };
}

async function write(ctx: WorkspaceContext, booking: Booking): Promise<void> {
  const { changes, replaced, refused } = booking;
  if (changes.length > 0) {
    await writeEvents(ctx, changes);
    const { rollups, taskSums } = netChange(changes);
    if (rollups.length > 0) await addToRollups(ctx, rollups);
    if (taskSums.length > 0) await addToTaskSums(ctx, taskSums);
    sayWhatWasBooked(ctx, changes);
  }
  if (replaced.length > 0) await insertCorrections(ctx, replaced);
  if (refused.length > 0) await insertQuarantined(ctx, refused);
}

/** One change per task, to those who see its agent. */
function sayWhatWasBooked(ctx: WorkspaceContext, changes: readonly EventChange[]): void {
  const byTask = new Map<TaskId, LedgerEvent>(changes.map(({ after }) => [after.taskId, after]));
  for (const { taskId, issueId, agentId } of byTask.values()) {
    ctx.emit({
      type: "usage.booked",
      entity: { kind: "task", id: taskId },
      changed: ["usage"],
      data: { taskId, issueId, agentId },
      audience: { kind: "agent", id: agentId },
    });
  }
}
