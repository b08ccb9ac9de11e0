import type { TimeRange } from "../usage/query/cut-time.ts";
import { type Extremes, extremesBetween } from "./extremes.ts";
import { countBefore, type Instants } from "./find-bucket.ts";

/** What is drawn of several series: few instants, and for each series the value there. */
export type ThinSeries = {
  readonly timesMs: readonly number[];
  /** Per series; null is a gap. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Width of the columns that hold two places each; null where values are as they were. */
  readonly columnMs: number | null;
};

export type ThinRequest = {
  readonly timesMs: Instants;
  readonly series: readonly Extremes[];
  readonly range: TimeRange;
  /** Pixels next to each other. */
  readonly columns: number;
};

/**
 * Reduces series to two places per pixel column, which hold the smallest and the largest value there
 * in the order in which they came: no peak is lost, however many values lie in a column. Where there
 * are fewer values than places they are returned as they are, with one more on each side, so that
 * lines leave the picture. Columns lie on multiples of their own width: a shape stays while it is panned.
 */
export function thinSeries(request: ThinRequest): ThinSeries {
  const { timesMs, series, range, columns } = request;
  const start = Math.max(0, countBefore(timesMs, range.fromMs) - 1);
  const end = Math.min(timesMs.length, countBefore(timesMs, range.toMs) + 1);
  if (end - start <= columns * 2) return sliceOf(timesMs, series, { start, end });
  const widthMs = (range.toMs - range.fromMs) / columns;
  const firstColumn = Math.floor(range.fromMs / widthMs) - 1;
  const times: number[] = [];
  const values: (number | null)[][] = series.map(() => []);
  let from = countBefore(timesMs, firstColumn * widthMs);
  for (let column = 0; column <= columns + 2; column += 1) {
    const columnMs = (firstColumn + column) * widthMs;
    const to = countBefore(timesMs, columnMs + widthMs);
    if (to === from) continue;
    times.push(columnMs + widthMs * 0.25, columnMs + widthMs * 0.75);
    series.forEach((one, index) => values[index]?.push(...ordered(one, from, to)));
    from = to;
  }
  return { timesMs: times, values, columnMs: widthMs };
}

function ordered(one: Extremes, from: number, to: number): readonly [number | null, number | null] {
  const { smallestAt, largestAt } = extremesBetween(one, from, to);
  const smallest = known(one.values[smallestAt]);
  const largest = known(one.values[largestAt]);
  return smallestAt < largestAt ? [smallest, largest] : [largest, smallest];
}

function sliceOf(
  timesMs: Instants,
  series: readonly Extremes[],
  { start, end }: { readonly start: number; readonly end: number },
): ThinSeries {
  return {
    timesMs: Array.from(timesMs.slice(start, end)),
    values: series.map((one) => Array.from(one.values.subarray(start, end), known)),
    columnMs: null,
  };
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
