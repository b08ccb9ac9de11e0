import { z } from "zod";
import { TimeZone } from "../kit/values.ts";

/** Whole days of the asked zone. */
export const dayCount = z.coerce
  .number({ error: "is no whole number of days from 1 to 365." })
  .int("is no whole number of days from 1 to 365.")
  .min(1, "is no whole number of days from 1 to 365.")
  .max(365, "is no whole number of days from 1 to 365.");

/** `days` whole local days including today. */
export const usagePeriod = (days: number) => ({
  days: dayCount.default(days),
  tz: TimeZone.default("UTC"),
});

/** JSON unless stated; `csv` has the same rows, one line each. `Accept: text/csv` asks for it too. */
export const UsageFormat = z.enum(["json", "csv"]);
