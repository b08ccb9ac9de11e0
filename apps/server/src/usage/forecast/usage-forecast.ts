import { usageForecasts } from "@headcount/contract/usage/forecast-routes";
import type { UsageForecastReply } from "@headcount/contract/usage/forecast-schemas";
import { monthOf, toDailyMoney } from "@headcount/domain/usage/forecast/daily-money";
import { forecastCsv } from "@headcount/domain/usage/forecast/forecast-csv";
import {
  firstDayLookedAt,
  forecastMonth,
  type Priced,
} from "@headcount/domain/usage/forecast/forecast-month";
import { leftOfDay } from "@headcount/domain/usage/forecast/left-of-day";
import { timeOfDay } from "@headcount/domain/usage/forecast/time-of-day";
import { canonicalZone } from "@headcount/domain/usage/query/canonical-zone";
import { addDays, dateIn, startOfDate } from "@headcount/domain/usage/query/local-time";
import { amountOf, type Measured } from "@headcount/domain/usage/query/measures";
import { toTokenCount } from "@headcount/domain/usage/token-counts";
import { query } from "../../platform/command.ts";
import { askedRange } from "../query/asked-range.ts";
import { readAsOf } from "../query/read-as-of.ts";
import { resolveFilters } from "../query/resolve-filters.ts";
import { readDailyMoney, readHourlyMoney } from "./read-money.ts";

/** Days by whose hours it is told what is left of today. */
const daysOfHours = 28;

/** What the month comes to by its end, from the days that the query engine knows. */
export const usageForecast = query(
  usageForecasts.forecast,
  async (ctx, input): Promise<UsageForecastReply> => {
    const zone = canonicalZone(input.tz);
    const nowMs = ctx.now.getTime();
    const today = dateIn(zone, nowMs);
    const month = monthOf(today);
    const filters = await resolveFilters(ctx, input);
    const first = firstDayLookedAt(today);
    const days = await readDailyMoney(ctx, { tz: zone, from: first, to: today, filters });
    const hours = await readHourlyMoney(ctx, {
      tz: zone,
      from: addDays(today, -daysOfHours),
      to: addDays(today, -1),
      filters,
    });
    const soFar = askedRange(ctx, { tz: zone, from: month.first, to: today }, null).range;
    const inMonth = days.sum((date) => date >= month.first);
    const sinceMidnightMs = timeOfDay(zone, nowMs);
    const forecast = (metric: "cost" | "notional") =>
      forecastMonth({
        money: toDailyMoney(days.amounts(metric), { first, today }),
        leftOfToday: leftOfDay(hours(metric), sinceMidnightMs),
        priced: { month: pricedOf(inMonth), whole: pricedOf(days.sum(() => true)) },
      });
    return {
      month: month.name,
      today,
      from: new Date(soFar.fromMs).toISOString(),
      to: new Date(startOfDate(zone, addDays(month.first, month.days))).toISOString(),
      tz: input.tz,
      billed: forecast("cost"),
      notional: forecast("notional"),
      unpricedTokens: toTokenCount(amountOf("unpriced_tokens", inMonth)),
      asOf: await readAsOf(ctx, soFar),
    };
  },
  forecastCsv,
);

function pricedOf({ sums }: Measured): Priced {
  if ((sums.events ?? 0n) === 0n) return "nothing";
  return (sums.priced_events ?? 0n) === 0n ? "unpriced" : "priced";
}
