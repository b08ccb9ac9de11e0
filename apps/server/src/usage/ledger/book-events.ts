import type { TaskId } from "@headcount/contract/kit/ids";
import { type Decision, refuse } from "@headcount/domain/kit/decision";
import type { PriceBook } from "@headcount/domain/usage/price-book";
import type { WorkspaceContext } from "../../platform/context.ts";
import { applyRecord, type BookableUsage } from "./apply-record.ts";
import { countBooked } from "./count-booked.ts";
import { ensureMonths } from "./ensure-months.ts";
import type { LedgerEvent } from "./ledger-part.ts";
import type { EventChange } from "./net-change.ts";
import { placesToRead } from "./places-to-read.ts";
import { type EventPlace, readLedgerEvents } from "./read-ledger-events.ts";
import { revisedFrom } from "./revised-from.ts";
import {
  insertCorrections,
  insertQuarantined,
  type RefusedRecord,
  type ReplacedFigures,
} from "./store.ts";
import { readPriceBook } from "../prices/read-price-book.ts";
import { wakeFolder } from "../rollups/folder.ts";
import { writeChanges } from "./write-changes.ts";

/** What became of one record. */
export type BookingResult = {
  readonly result: "stored" | "duplicate" | "corrected" | "rejected";
  /** Why it was rejected; null otherwise. */
  readonly reason: string | null;
};

/** A record that has been looked at by itself. */
export type CheckedRecord = {
  readonly checked: Decision<BookableUsage>;
  /** Null when it is refused before its place is known. */
  readonly place: EventPlace | null;
  readonly taskId: TaskId | null;
  /** The record as the quarantine keeps it when it is refused; null when it is none of this workspace's. */
  readonly toKeep: () => unknown;
};

/** Books records whose tasks or sessions are locked, and says so to those who watch. */
export async function bookEvents(
  ctx: WorkspaceContext,
  records: readonly CheckedRecord[],
): Promise<BookingResult[]> {
  const places = placesToRead(records);
  const [before, prices, archived] = await Promise.all([
    readLedgerEvents(ctx, places),
    readPriceBook(ctx),
    ensureMonths(ctx, new Set(places.map((place) => place.month))),
  ]);
  const { results, changes, replaced, refused } = decide(
    refuseArchived(records, archived),
    before,
    prices,
  );
  await writeChanges(ctx, changes);
  if (replaced.length > 0) await insertCorrections(ctx, replaced);
  if (refused.length > 0) await insertQuarantined(ctx, refused);
  sayWhatWasBooked(ctx, changes);
  countBooked(ctx, results, changes);
  if (changes.length > 0) wakeFolder(ctx);
  return results;
}

/** Whether an event of an archived month is new can no longer be told. */
function refuseArchived(
  records: readonly CheckedRecord[],
  archived: ReadonlySet<string>,
): readonly CheckedRecord[] {
  if (archived.size === 0) return records;
  return records.map((record) =>
    record.place && archived.has(record.place.month)
      ? { ...record, checked: refuse("month_archived") }
      : record,
  );
}

type Booking = {
  readonly results: BookingResult[];
  readonly changes: readonly EventChange[];
  readonly replaced: readonly ReplacedFigures[];
  readonly refused: readonly RefusedRecord[];
};

/** Walks the records in order; later ones see what earlier ones have changed. */
function decide(
  records: readonly CheckedRecord[],
  before: ReadonlyMap<string, LedgerEvent>,
  book: PriceBook,
): Booking {
  const after = new Map<string, LedgerEvent>();
  const replaced: ReplacedFigures[] = [];
  const refused: RefusedRecord[] = [];
  const results = records.map(({ checked, taskId, toKeep }): BookingResult => {
    const reject = (reason: string): BookingResult => {
      const record = toKeep();
      if (record !== null) refused.push({ taskId, reason, record });
      return { result: "rejected", reason };
    };
    if (!checked.ok) return reject(checked.reason);
    const usage = checked.value;
    const applied = applyRecord(after.get(usage.id) ?? before.get(usage.id) ?? null, usage, book);
    if (applied.result === "rejected") return reject(applied.reason);
    if (applied.result === "duplicate") return { result: "duplicate", reason: null };
    after.set(usage.id, applied.event);
    if (applied.result === "corrected" && applied.replaced) {
      replaced.push({ eventId: usage.id, previous: applied.replaced });
    }
    return { result: applied.result, reason: null };
  });
  const changes = [...after].map(([id, event]) => ({
    before: before.get(id) ?? null,
    after: event,
  }));
  return { results, changes, replaced, refused };
}

/** One change per task, to those who see its agent. */
function sayWhatWasBooked(ctx: WorkspaceContext, changes: readonly EventChange[]): void {
  const byTask = Map.groupBy(changes, ({ after }) => after.meter.taskId);
  for (const [taskId, ofTask] of byTask) {
    const { issueId, agentId } = ofTask[0]?.after.meter ?? { issueId: null, agentId: null };
    if (taskId === null || agentId === null) continue;
    ctx.emit({
      type: "usage.booked",
      entity: { kind: "task", id: taskId },
      changed: ["usage"],
      data: { taskId, issueId, agentId, usedFrom: revisedFrom(ofTask).toISOString() },
      audience: { kind: "agent", id: agentId },
    });
  }
}
