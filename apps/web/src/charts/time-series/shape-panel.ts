import { alignTimes, type Comparison } from "@headcount/domain/charts/compared-range";
import { countBefore } from "@headcount/domain/charts/find-bucket";
import { type Extremes, makeExtremes } from "@headcount/domain/charts/extremes";
import { type ThinSeries, thinSeries } from "@headcount/domain/charts/thin-series";
import { makeStack, type Stack, stackEdges, thinStack } from "@headcount/domain/charts/thin-stack";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { SeriesValues, TimeSeriesPanel } from "./chart-types.ts";

/** What is painted of a panel: few places, and per series the upper and the lower edge there. */
export type Painted = {
  readonly timesMs: readonly number[];
  /** Ends of the bars; null where values are points. */
  readonly endsMs: readonly number[] | null;
  readonly uppers: readonly (readonly (number | null)[])[];
  /** Null: lines have no lower edge, areas have zero. */
  readonly lowers: readonly (readonly (number | null)[])[] | null;
  /** Width of the columns of crowded lines, which hold two places each; null elsewhere. */
  readonly columnMs: number | null;
  readonly comparison: ThinSeries | null;
  readonly largest: number;
  readonly smallest: number;
};

/** Narrower bars are put together. */
const leastBarPx = 2;

/** Searches the values of a panel once, however often it is painted afterwards. */
export type PanelShape = {
  readonly panel: TimeSeriesPanel;
  readonly positionsMs: Float64Array;
  readonly extremes: readonly Extremes[];
  readonly stack: Stack | null;
  readonly comparison: { readonly timesMs: Float64Array; readonly extremes: Extremes } | null;
};

export function shapePanel(panel: TimeSeriesPanel, comparison: Comparison | null): PanelShape {
  const values = panel.series.map((one) => one.values);
  const stacks = panel.style === "stack" || panel.style === "bars";
  return {
    panel,
    positionsMs: positionsOf(panel),
    extremes: stacks ? [] : values.map(extremesOf),
    stack: stacks ? makeStack(values) : null,
    comparison:
      panel.comparison && comparison
        ? {
            timesMs: middlesOf(alignTimes(panel.comparison.timesMs, comparison), panel),
            extremes: extremesOf(panel.comparison.values),
          }
        : null,
  };
}

/** What to paint of a shaped panel for a range on so many pixels. */
export function paintedOf(shape: PanelShape, range: TimeRange, widthPx: number): Painted {
  const columns = Math.max(1, Math.floor(widthPx));
  const comparison = shape.comparison && {
    ...thinSeries({
      timesMs: shape.comparison.timesMs,
      series: [shape.comparison.extremes],
      range,
      columns,
    }),
  };
  const painted =
    shape.stack === null
      ? paintedLines(shape, range, columns)
      : paintedStack(shape, shape.stack, { range, columns });
  return { ...painted, ...boundsOf(painted.uppers, comparison), comparison };
}

type Edges = Pick<Painted, "timesMs" | "endsMs" | "uppers" | "lowers" | "columnMs">;

function paintedLines(shape: PanelShape, range: TimeRange, columns: number): Edges {
  const thin = thinSeries({
    timesMs: shape.positionsMs,
    series: shape.extremes,
    range,
    columns,
  });
  const { timesMs, values, columnMs } = thin;
  return { timesMs, endsMs: null, uppers: values, lowers: null, columnMs };
}

function paintedStack(
  { panel, positionsMs }: PanelShape,
  stack: Stack,
  { range, columns }: { readonly range: TimeRange; readonly columns: number },
): Edges {
  const isBars = panel.style === "bars";
  const places = thinStack(positionsMs, stack, {
    range,
    columns: isBars ? columns / leastBarPx : columns,
    keep: isBars ? "highest" : "extremes",
  });
  const uppers = stackEdges(stack, places);
  const timesMs = places.map((place) => positionsMs[place] ?? 0);
  return {
    timesMs,
    endsMs: isBars ? places.map((place, step) => timesMs[step + 1] ?? endOf(panel, place)) : null,
    uppers,
    columnMs: null,
    lowers: uppers.map((edge, index) => uppers[index - 1] ?? edge.map(zeroOrGap)),
  };
}

function endOf(panel: TimeSeriesPanel, place: number): number {
  return panel.timesMs[place + 1] ?? panel.endsAtMs;
}

function zeroOrGap(value: number | null): number | null {
  return value === null ? null : 0;
}

function boundsOf(
  uppers: Edges["uppers"],
  comparison: ThinSeries | null,
): Pick<Painted, "largest" | "smallest"> {
  let largest = 0;
  let smallest = 0;
  for (const edge of comparison === null ? uppers : [...uppers, ...comparison.values]) {
    for (const value of edge) {
      if (value === null) continue;
      if (value > largest) largest = value;
      if (value < smallest) smallest = value;
    }
  }
  return { largest, smallest };
}

/** Bars begin at their instant; other values stand in the middle of what they count. */
function positionsOf(panel: TimeSeriesPanel): Float64Array {
  const starts = Float64Array.from(panel.timesMs);
  if (panel.style === "bars" || panel.timing === "sample") return starts;
  return starts.map((startMs, index) => (startMs + (starts[index + 1] ?? panel.endsAtMs)) / 2);
}

/** Middles of what was compared with; its last bucket is as wide as the one before. */
function middlesOf(starts: Float64Array, panel: TimeSeriesPanel): Float64Array {
  if (panel.timing === "sample") return starts;
  const lastWidthMs = (starts.at(-1) ?? 0) - (starts.at(-2) ?? starts.at(-1) ?? 0);
  return starts.map((startMs, index) => {
    const nextMs = starts[index + 1] ?? startMs + lastWidthMs;
    return (startMs + nextMs) / 2;
  });
}

/** What the compared time says at the place nearest to an instant. */
export function comparedAt({ comparison }: PanelShape, atMs: number): number | null {
  if (comparison === null) return null;
  const after = countBefore(comparison.timesMs, atMs);
  const distance = (index: number): number =>
    Math.abs((comparison.timesMs[index] ?? Number.POSITIVE_INFINITY) - atMs);
  const value =
    comparison.extremes.values[distance(after - 1) <= distance(after) ? after - 1 : after];
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** The same list of values is searched once, also when the panel around it is made anew. */
const known = new WeakMap<SeriesValues, Extremes>();

function extremesOf(values: SeriesValues): Extremes {
  const stored = known.get(values);
  if (stored !== undefined) return stored;
  const made = makeExtremes(values);
  known.set(values, made);
  return made;
}
