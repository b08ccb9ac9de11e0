import type { GroupedWork } from "../../platform/context.ts";
import type { BookingResult } from "./book-events.ts";
import { bookUsage } from "./book-usage.ts";
import type { ReportedUsage } from "./check-record.ts";

/**
 * Usage that several machines report at once is booked together: the busiest workspace pays for two
 * commits at a time, not for one per machine.
 */
export const usageBooking: GroupedWork<ReportedUsage, BookingResult> = {
  name: "usage.book",
  mostItems: 2_000,
  atOnce: 2,
  enoughForAnother: 400,
  run: bookUsage,
};
