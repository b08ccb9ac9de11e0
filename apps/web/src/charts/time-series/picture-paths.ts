import type uPlot from "uplot";
import type { Painted } from "./shape-panel.ts";

type Edge = readonly (number | null)[];

/** Pixels between two bars; none where they are narrower than `leastGappedPx`. */
const barGapPx = 2;
const leastGappedPx = 5;

/** The path of one series of a panel, in the pixels of its canvas. */
export function seriesPath(
  plot: uPlot,
  painted: Painted,
  style: "line" | "area" | "stack" | "bars",
  index: number,
): uPlot.Series.Paths {
  const upper = painted.uppers[index] ?? [];
  const lower = painted.lowers?.[index] ?? upper.map((value) => (value === null ? null : 0));
  const flags = 3;
  if (style === "bars") {
    const bars = barsPath(plot, painted, { upper, lower });
    return { stroke: bars, fill: bars, clip: null, flags };
  }
  // Crowded lines are drawn by columns: a stroke through as many turns takes a whole frame.
  const stroke = painted.columnMs === null ? linePath(plot, painted.timesMs, upper) : null;
  const fill = style === "line" ? null : areaPath(plot, painted.timesMs, { upper, lower });
  return { stroke, fill, clip: null, flags };
}

/** A line that stops at gaps; a value between two gaps is a point. */
export function linePath(plot: uPlot, timesMs: readonly number[], values: Edge): Path2D {
  const path = new Path2D();
  let isOpen = false;
  values.forEach((value, index) => {
    if (value === null) {
      isOpen = false;
      return;
    }
    const x = plot.valToPos(timesMs[index] ?? 0, "x", true);
    const y = plot.valToPos(value, "y", true);
    if (isOpen) path.lineTo(x, y);
    else path.moveTo(x, y);
    const isAlone = !isOpen && (values[index + 1] ?? null) === null;
    if (isAlone) path.lineTo(x + 0.01, y);
    isOpen = true;
  });
  return path;
}

type Edges = { readonly upper: Edge; readonly lower: Edge };

function areaPath(plot: uPlot, timesMs: readonly number[], { upper, lower }: Edges): Path2D {
  const path = new Path2D();
  const x = (index: number): number => plot.valToPos(timesMs[index] ?? 0, "x", true);
  const y = (edge: Edge, index: number): number => plot.valToPos(edge[index] ?? 0, "y", true);
  let start = 0;
  while (start < upper.length) {
    if (upper[start] === null) {
      start += 1;
      continue;
    }
    let end = start;
    while (end < upper.length && upper[end] !== null) end += 1;
    path.moveTo(x(start), y(upper, start));
    for (let index = start + 1; index < end; index += 1) path.lineTo(x(index), y(upper, index));
    for (let index = end - 1; index >= start; index -= 1) path.lineTo(x(index), y(lower, index));
    path.closePath();
    start = end;
  }
  return path;
}

function barsPath(plot: uPlot, painted: Painted, { upper, lower }: Edges): Path2D {
  const path = new Path2D();
  const ratio = devicePixelRatio;
  painted.timesMs.forEach((startMs, index) => {
    const top = upper[index] ?? null;
    const bottom = lower[index] ?? null;
    if (top === null || bottom === null || top === bottom) return;
    const left = plot.valToPos(startMs, "x", true);
    const right = plot.valToPos(painted.endsMs?.[index] ?? startMs, "x", true);
    const gap = right - left < leastGappedPx * ratio ? 0 : barGapPx * ratio;
    const topPx = plot.valToPos(top, "y", true);
    const height = plot.valToPos(bottom, "y", true) - topPx;
    path.rect(left + gap / 2, topPx, Math.max(ratio, right - left - gap), height);
  });
  return path;
}
