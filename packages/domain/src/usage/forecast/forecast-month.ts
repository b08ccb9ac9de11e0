import type { MoneyForecast } from "@headcount/contract/usage/forecast-schemas";
import { formatUsd } from "../money.ts";
import { addDays } from "../query/local-time.ts";
import { checkMonths, monthsChecked } from "./check-months.ts";
import { type DailyMoney, monthOf, sumDays } from "./daily-money.ts";
import { toHistory } from "./history.ts";
import { type Projected, projectDays } from "./project-days.ts";
import { toProjectedUsd } from "./to-projected-usd.ts";

/**
 * Whole days since the first use below which nothing is said. With eight weeks two of three results
 * lie in the range, with thirteen more than four of five, with four one of three
 * (calibration.test.ts).
 */
export const daysNeeded = 56;

/** Days before a month whose forecast is made from them. */
const daysBefore = 182;

/** The first day that a forecast looks at: half a year before the first month that is checked. */
export function firstDayLookedAt(today: string): string {
  let { first } = monthOf(today);
  for (let back = 0; back < monthsChecked; back += 1) first = monthOf(addDays(first, -1)).first;
  return addDays(first, -daysBefore);
}

export type MonthSoFar = {
  readonly money: DailyMoney;
  /** Share of today's spending that is still to come, in millionths. */
  readonly leftOfToday: bigint;
  /** Whether any of what was used has a price: in this month, and in all the days looked at. */
  readonly priced: { readonly month: Priced; readonly whole: Priced };
};

/** `nothing` was used, or something of which nothing, or at least some, has a price. */
export type Priced = "nothing" | "unpriced" | "priced";

/** One kind of money in the month of today: so far, by its end, and how good such words have been. */
export function forecastMonth({ money, leftOfToday, priced }: MonthSoFar): MoneyForecast {
  const { amounts, today } = money;
  const todayAt = money.placeOf(today);
  const firstUsed = amounts.findIndex((amount) => amount !== 0n);
  const start = money.placeOf(monthOf(today).first);
  const spent = sumDays(amounts, start, todayAt + 1);
  const daysKnown = firstUsed < 0 ? 0 : todayAt - firstUsed;
  const reason = reasonOf(firstUsed, daysKnown, priced.whole);
  const remaining = monthOf(today).days - (todayAt - start);
  const history = toHistory(amounts, Math.max(firstUsed, 0));
  const now = { history, end: todayAt, leftOfToday };
  const coming = reason === null ? projectDays(now, remaining) : [];
  const fromStart = coming.map((one) => onTopOf(spent, one));
  const last = fromStart.at(-1);
  return {
    spentUsd: priced.month === "unpriced" ? null : formatUsd(spent),
    projected: last === undefined ? null : toProjectedUsd(last),
    reason,
    daysKnown,
    daysNeeded,
    backTest: reason === null ? checkMonths(money, history, daysNeeded) : null,
    days: daysOf(money, fromStart),
  };
}

function reasonOf(firstUsed: number, daysKnown: number, whole: Priced): MoneyForecast["reason"] {
  if (firstUsed < 0) return whole === "unpriced" ? "unpriced" : "nothing_used";
  return daysKnown < daysNeeded ? "too_little_history" : null;
}

const onTopOf = (spent: bigint, { pico, low, high }: Projected): Projected => ({
  pico: spent + pico,
  low: spent + low,
  high: spent + high,
});

function daysOf(money: DailyMoney, fromStart: readonly Projected[]): MoneyForecast["days"] {
  const { first, days } = monthOf(money.today);
  const start = money.placeOf(first);
  const todayAt = money.placeOf(money.today);
  return Array.from({ length: days }, (_, day) => {
    const at = start + day;
    const projected = fromStart[at - todayAt];
    return {
      date: addDays(first, day),
      spentUsd: at > todayAt ? null : formatUsd(money.amounts[at] ?? 0n),
      projected: projected === undefined ? null : toProjectedUsd(projected),
    };
  });
}
