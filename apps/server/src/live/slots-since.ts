import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";

/** The buckets that end after an instant, the one in which it lies included. */
export function slotsSince(slots: readonly TimeSlot[], sinceMs: number): readonly TimeSlot[] {
  return slots.filter(({ endsAtMs }) => endsAtMs > sinceMs);
}
