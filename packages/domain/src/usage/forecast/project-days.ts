import { expectedOf, type History } from "./history.ts";
import { type Ahead, missRatios, weekRatios } from "./past-ratios.ts";
import { quantile, sortAmounts } from "./quantile.ts";
import { one } from "./share.ts";

/** An amount with its 10th and 90th percentile, in pico-dollars. */
export type Projected = { readonly pico: bigint; readonly low: bigint; readonly high: bigint };

/** Fewest past days whose misses say anything about the next. */
const missesNeeded = 8;

/** What is told from: days before `end` are known; of that day only a share is still to come. */
export type Now = {
  readonly history: History;
  readonly end: number;
  /** In millionths. */
  readonly leftOfToday: bigint;
};

/**
 * What comes from now until the end of each coming day, today first. The middle is what the same days
 * of past weeks came to. The range is the wider of two: what whole past weeks would make of it, and
 * by how much this method has been off before, as many days ahead.
 */
export function projectDays(now: Now, days: number): readonly Projected[] {
  const each = projectAhead(now, { from: 0, to: days }).toReversed();
  // Sums never shrink with time, so neither do their bounds.
  const bounded: Projected[] = [];
  for (const { pico, low, high } of each) {
    const later = bounded.at(-1) ?? { low, high };
    bounded.push({ pico, low: smaller(low, later.low), high: smaller(high, later.high) });
  }
  return bounded.toReversed();
}

/** What comes from now until the end of the last of so many days. */
export function projectSum(now: Now, days: number): Projected {
  const [sum] = projectAhead(now, { from: days - 1, to: days });
  if (sum === undefined) throw new Error("There is a day ahead");
  return sum;
}

function projectAhead({ history, end, leftOfToday }: Now, ahead: Ahead): readonly Projected[] {
  const weeks = weekRatios(history, end, ahead, leftOfToday);
  const misses = missRatios(history, end, ahead);
  const projected: Projected[] = [];
  let pico = 0n;
  for (let day = 0; day < ahead.to; day += 1) {
    pico += (expectedOf(history, end, day) * (day === 0 ? leftOfToday : one)) / one;
    if (day < ahead.from) continue;
    const { low, high } = boundsOf(weeks[day] ?? [], misses[day] ?? []);
    projected.push({ pico, low: (pico * low) / one, high: (pico * high) / one });
  }
  return projected;
}

/** As shares of what is expected, which always lies between them. */
function boundsOf(weeks: readonly bigint[], misses: readonly bigint[]) {
  const known = [weeks, misses.length < missesNeeded ? [] : misses]
    .filter((ratios) => ratios.length > 0)
    .map(sortAmounts);
  return {
    low: known.map((ratios) => quantile(ratios, 10)).reduce(smaller, one),
    high: known.map((ratios) => quantile(ratios, 90)).reduce(larger, one),
  };
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
