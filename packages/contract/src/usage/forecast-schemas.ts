import { z } from "zod";
import { Instant, TimeZone, TokenCount, UsdAmount } from "../kit/values.ts";
import { UsageFormat } from "./period.ts";
import { usageFilters } from "./query-schemas.ts";

/**
 * Why nothing is said about the end of the month. `nothing_used`: no money of this kind in all the
 * days that were looked at; `unpriced`: what was used has no price; `too_little_history`: fewer whole
 * days than `daysNeeded` since it was first used.
 */
const forecastReasons = ["nothing_used", "unpriced", "too_little_history"] as const;

/** The month of the asked zone in which now is. */
export const usageForecastInput = {
  ...usageFilters,
  tz: TimeZone.default("UTC"),
  format: UsageFormat.optional(),
};

const monthName = z.string().regex(/^\d{4}-\d{2}$/);

/** An amount with the range in which eight of ten are expected: 10th to 90th percentile. */
export const ProjectedUsd = z.object({
  usd: UsdAmount,
  lowUsd: UsdAmount,
  highUsd: UsdAmount,
});
export type ProjectedUsd = z.infer<typeof ProjectedUsd>;

/** What the same method would have said in a past month on the same day of it, and what came. */
export const ForecastCheck = z.object({
  month: monthName,
  said: ProjectedUsd,
  cameUsd: UsdAmount,
  /** How far off, in percent of what came, to one place; null where nothing came. */
  errorPercent: z.number().nonnegative().nullable(),
  isInside: z.boolean(),
});
export type ForecastCheck = z.infer<typeof ForecastCheck>;

const ForecastDay = z.object({
  date: z.iso.date(),
  /** Of this day alone; null for days that have not begun. Today's is what it has come to so far. */
  spentUsd: UsdAmount.nullable(),
  /** From the start of the month to the end of this day; null for days that are over, or without a projection. */
  projected: ProjectedUsd.nullable(),
});

/** One kind of money in a month: so far, and what it comes to by the end. */
export const MoneyForecast = z.object({
  /** What `usage.query` says for the month; null where something was used and none of it has a price. */
  spentUsd: UsdAmount.nullable(),
  /** By the end of the month; null with a reason. */
  projected: ProjectedUsd.nullable(),
  reason: z.enum(forecastReasons).nullable(),
  /** Whole days before today since it was first used, as far back as is looked. */
  daysKnown: z.int(),
  daysNeeded: z.int(),
  /** Null while there is no past month with enough days before it. */
  backTest: z
    .object({
      /** Newest first, at most six. */
      checks: z.array(ForecastCheck),
      /** Of the checks in whose month anything came; null where there is none. */
      medianErrorPercent: z.number().nonnegative().nullable(),
      /** Checks whose result lay inside of the range. */
      inside: z.int(),
    })
    .nullable(),
  /** Every day of the month. */
  days: z.array(ForecastDay),
});
export type MoneyForecast = z.infer<typeof MoneyForecast>;

export const UsageForecastReply = z.object({
  month: monthName,
  /** Of the zone, today. */
  today: z.iso.date(),
  from: Instant,
  /** Exclusive: the end of the month. */
  to: Instant,
  tz: z.string(),
  /** What is billed. */
  billed: MoneyForecast,
  /** List price of what subscriptions cover; never part of what is billed. */
  notional: MoneyForecast,
  /** Tokens of this month that have no price, and are in neither. */
  unpricedTokens: TokenCount,
  /** Latest use in the month, of whatever filter. */
  asOf: Instant.nullable(),
});
export type UsageForecastReply = z.infer<typeof UsageForecastReply>;
