import type { Job } from "../../platform/jobs.ts";
import { monthOf } from "./meter.ts";

/** How far ahead partitions are made, this month included. */
const monthsAhead = 3;

/** Makes the partitions of the coming months before anything is booked into them. */
export const prepareMonths: Job = {
  name: "usage.months",
  everySeconds: 24 * 3_600,
  scope: "global",
  run: async ({ sql, now }) => {
    const months = Array.from({ length: monthsAhead }, (_, index) =>
      monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index, 1))),
    );
    await sql`select usage_ensure_month(month) from unnest(${months}::date[]) as month`;
  },
};
