import { z } from "zod";
import { TimeZone } from "../kit/values.ts";

/** Hour of the local day at which a window begins, 0 to 23. */
const resetHour = z.int().min(0).max(23).default(0);
const zone = TimeZone.default("UTC");
const day = z.iso.date();

/**
 * The time over which spend is added up. Windows of the calendar begin on the zone's clock and so
 * may have 23 or 25 hours to a day.
 */
export const BudgetWindow = z.discriminatedUnion("kind", [
  /** The last five hours, by quarters of an hour: a quarter counts until all of it is five hours ago. */
  z.object({ kind: z.literal("rolling_5h") }),
  z.object({ kind: z.literal("day"), zone, resetHour }),
  z.object({
    kind: z.literal("week"),
    zone,
    resetHour,
    /** 1 Monday to 7 Sunday. */
    resetWeekday: z.int().min(1).max(7).default(1),
  }),
  z.object({
    kind: z.literal("month"),
    zone,
    resetHour,
    /** Day of the month; every month has a 28th. */
    resetDay: z.int().min(1).max(28).default(1),
  }),
  z
    .object({
      kind: z.literal("range"),
      zone,
      startDay: day,
      /** Last day that belongs to it. */
      endDay: day,
    })
    .refine((range) => range.endDay >= range.startDay, {
      message: "ends before it begins.",
      path: ["endDay"],
    }),
  /** From the first usage on, for good. */
  z.object({ kind: z.literal("none") }),
]);
export type BudgetWindow = z.infer<typeof BudgetWindow>;
