import type { GroupedWork } from "../../platform/context.ts";
import type { BookingResult } from "./book-events.ts";
import { bookUsage } from "./book-usage.ts";
import type { ReportedUsage } from "./check-record.ts";

/**
 * Usage that several machines report at once is booked by one transaction: the busiest workspace
 * pays for one commit, not for one per machine, and no two of them wait for the same rows.
 */
export const usageBooking: GroupedWork<ReportedUsage, BookingResult> = {
  name: "usage.book",
  mostItems: 2_000,
  run: bookUsage,
};
