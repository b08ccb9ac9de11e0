export type BarSeries = {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  /** Counted but without a price; drawn as a dotted outline. */
  readonly unpriced?: boolean;
};

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
export function presentIn(bar: Bar, series: readonly BarSeries[]): readonly BarSeries[] {
  return series.filter(({ id }) => (bar.values[id] ?? 0) > 0);
}
