import { seriesMark, type Grain } from "../time-series/series-marks.ts";

export type BarSeries = {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  /** Counted but without a price; drawn as a dotted outline. */
  readonly unpriced?: boolean;
};

/** A series with the grain of its place, which it keeps while others are switched off. */
export type GrainedSeries = BarSeries & { readonly grain: Grain };

export function grained(series: readonly BarSeries[]): readonly GrainedSeries[] {
  return series.map((one, index) => ({ ...one, grain: seriesMark(index).grain }));
}

export type Bar = {
  readonly id: string;
  /** Below the bar, short. */
  readonly label: string;
  /** In the readout, complete. */
  readonly title: string;
  /** By series id; a missing one is zero. */
  readonly values: Readonly<Record<string, number>>;
  /** Still being filled; drawn hatched. */
  readonly partial?: boolean;
};

/** What the pointer or the keys are on: a bucket, and one series of it or all. */
export type BarCursor = { readonly bar: number; readonly seriesId: string | null };

/** All that is drawn of a bar. */
export function totalOf(bar: Bar, series: readonly BarSeries[]): number {
  return series.reduce((sum, { id }) => sum + Math.max(0, bar.values[id] ?? 0), 0);
}

/** The series that a bar has something of, from the bottom up. */
export function presentIn<One extends BarSeries>(bar: Bar, series: readonly One[]): readonly One[] {
  return series.filter(({ id }) => (bar.values[id] ?? 0) > 0);
}
