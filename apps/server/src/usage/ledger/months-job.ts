import type { Job } from "../../platform/jobs.ts";
import { monthOf } from "./meter.ts";

/** How far ahead partitions are made, this month included. */
const monthsAhead = 3;
/** Months that are looked at once they are over; older ones have been packed long ago. */
const monthsPacked = 12;
/** Most of what is late has arrived by then. */
const settledMs = 3 * 24 * 3_600_000;

/** Makes the partitions of the coming months before anything is booked into them, and packs past ones. */
export const prepareMonths: Job = {
  name: "usage.months",
  everySeconds: 24 * 3_600,
  scope: "global",
  run: async ({ sql, now }) => {
    await sql`
      select usage_ensure_month(month) from unnest(${monthsFrom(now, 0, monthsAhead)}::date[]) as month`;
    const settled = new Date(now.getTime() - settledMs);
    for (const month of monthsFrom(settled, -monthsPacked, monthsPacked)) {
      await sql`select usage_pack_month(${month}::date)`;
    }
  },
};

function monthsFrom(now: Date, first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + first + index, 1))),
  );
}
