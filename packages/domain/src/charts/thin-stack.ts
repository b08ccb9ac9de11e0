import type { TimeRange } from "../usage/query/cut-time.ts";
import { type Extremes, extremesBetween, makeExtremes } from "./extremes.ts";
import { countBefore, type Instants } from "./find-bucket.ts";

/** Series that are drawn on top of one another, with their sum. */
export type Stack = { readonly series: readonly Float64Array[]; readonly sum: Extremes };

/** A missing part counts as nothing; where every part is missing the sum is a gap. */
export function makeStack(given: readonly (readonly (number | null)[] | Float64Array)[]): Stack {
  const series = given.map((values) =>
    values instanceof Float64Array
      ? values
      : Float64Array.from(values, (value) => value ?? Number.NaN),
  );
  const sum = new Float64Array(series[0]?.length ?? 0).fill(Number.NaN);
  for (const values of series) {
    for (let index = 0; index < sum.length; index += 1) {
      const value = values[index] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const before = sum[index] ?? Number.NaN;
      sum[index] = Number.isNaN(before) ? value : before + value;
    }
  }
  return { series, sum: makeExtremes(sum) };
}

export type StackRoom = {
  readonly range: TimeRange;
  /** Columns of pixels next to each other. */
  readonly columns: number;
  /** What is kept of a crowded column: areas show both of its extremes, bars its highest place. */
  readonly keep: "extremes" | "highest";
};

/**
 * Which places of a stack to draw: all of a range with one more on each side while there is room for
 * them, else those that stand for their column. All parts are taken from the same places, so that
 * they still add up.
 */
export function thinStack(timesMs: Instants, stack: Stack, room: StackRoom): readonly number[] {
  const { range, columns, keep } = room;
  const most = keep === "highest" ? columns : columns * 2;
  const start = Math.max(0, countBefore(timesMs, range.fromMs) - 1);
  const end = Math.min(timesMs.length, countBefore(timesMs, range.toMs) + 1);
  if (end - start <= most) return Array.from({ length: end - start }, (_, step) => start + step);
  const widthMs = (range.toMs - range.fromMs) / columns;
  const places: number[] = [];
  let columnEndMs = (Math.floor(range.fromMs / widthMs) + 1) * widthMs;
  for (let from = start; from < end; columnEndMs += widthMs) {
    const to = Math.min(end, countBefore(timesMs, columnEndMs));
    if (to === from) continue;
    const { smallestAt, largestAt } = extremesBetween(stack.sum, from, to);
    if (smallestAt < 0) places.push(from);
    else if (keep === "highest" || smallestAt === largestAt) places.push(largestAt);
    else places.push(Math.min(smallestAt, largestAt), Math.max(smallestAt, largestAt));
    from = to;
  }
  return places;
}

/** Upper edges of the parts at some places, from the lowest part to the highest. */
export function stackEdges(
  stack: Stack,
  places: readonly number[],
): readonly (readonly (number | null)[])[] {
  const below = places.map(() => 0);
  return stack.series.map((values) =>
    places.map((place, step) => {
      if (Number.isNaN(stack.sum.values[place] ?? Number.NaN)) return null;
      const value = values[place] ?? Number.NaN;
      const edge = (below[step] ?? 0) + (Number.isNaN(value) ? 0 : value);
      below[step] = edge;
      return edge;
    }),
  );
}
