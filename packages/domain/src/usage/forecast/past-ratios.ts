import { amountAt, expectedOf, type History } from "./history.ts";
import { one } from "./share.ts";

/** Days since the first use before it is asked what would have been said. */
const daysBefore = 28;
/** As far back as misses are looked for. */
const longestPastDays = 182;
const mostWeeks = 13;

/** What came, as shares of what was expected, by the number of days ahead less one. */
export type Ratios = readonly (readonly bigint[])[];

/** Which numbers of days ahead are asked for, of those from now on: `[from, to)`. */
export type Ahead = { readonly from: number; readonly to: number };

/**
 * How what came has compared with what this method would have said on each past day before `end`, from
 * what was known then. Stretches overlap, so they tell less than their number. Where nothing was
 * expected there is no ratio.
 */
export function missRatios(history: History, end: number, ahead: Ahead): Ratios {
  const found: bigint[][] = Array.from({ length: ahead.to }, () => []);
  for (
    let then = Math.max(history.from + daysBefore, end - longestPastDays);
    then < end;
    then += 1
  ) {
    let said = 0n;
    let came = 0n;
    for (let day = 0; day < Math.min(ahead.to, end - then); day += 1) {
      said += expectedOf(history, then, day);
      came += amountAt(history, then + day);
      if (said > 0n && day >= ahead.from) found[day]?.push((came * one) / said);
    }
  }
  return found;
}

/**
 * What the coming days would come to if whole past weeks followed one another again, as shares of
 * the mean of them. Every week of the past is the first of one such run; after the newest comes the
 * oldest.
 * @param leftOfToday share of the first day that is still to come
 */
export function weekRatios(
  history: History,
  end: number,
  ahead: Ahead,
  leftOfToday: bigint,
): Ratios {
  const weeks = Math.min(mostWeeks, Math.floor((end - history.from) / 7));
  const sums = Array.from({ length: weeks }, () => 0n);
  return Array.from({ length: ahead.to }, (_, day) => {
    const share = day === 0 ? leftOfToday : one;
    for (const [run, sum] of sums.entries()) {
      const weeksBack = ((run + weeks - (Math.floor(day / 7) % weeks)) % weeks) + 1;
      sums[run] = sum + amountAt(history, end - 7 * weeksBack + (day % 7)) * share;
    }
    if (day < ahead.from) return [];
    const whole = sums.reduce((all, sum) => all + sum, 0n);
    return whole === 0n ? [] : sums.map((sum) => (sum * BigInt(weeks) * one) / whole);
  });
}
