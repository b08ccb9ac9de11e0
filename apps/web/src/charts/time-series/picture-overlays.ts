import { findBucket } from "@headcount/domain/charts/find-bucket";
import type uPlot from "uplot";
import type { TimeSeriesPanel } from "./chart-types.ts";
import type { Look } from "./look.ts";
import { linePath } from "./picture-paths.ts";
import { seriesMark, type SeriesMark } from "./series-marks.ts";
import type { Painted } from "./shape-panel.ts";

export type OverlayWords = {
  /** Beside the limit line; null draws the line alone. */
  readonly limit: string | null;
};

const hatchStepPx = 6;
/** Between two shapes on one line. */
const shapeStepPx = 96;

type Box = Pick<uPlot.BBox, "left" | "top" | "width" | "height">;

/** Diagonals over what is still being filled. */
export function drawHatch(plot: uPlot, panel: TimeSeriesPanel, look: Look): void {
  const { partialFromMs, endsAtMs } = panel;
  if (partialFromMs === null) return;
  const index = findBucket(panel.timesMs, endsAtMs, partialFromMs);
  const bucketMs = (index === null ? undefined : panel.timesMs[index]) ?? partialFromMs;
  const left = Math.max(plot.bbox.left, plot.valToPos(bucketMs, "x", true));
  const right = Math.min(
    plot.bbox.left + plot.bbox.width,
    plot.valToPos(Math.max(endsAtMs, partialFromMs), "x", true),
  );
  if (right - left < 1) return;
  const box = { left, top: plot.bbox.top, width: right - left, height: plot.bbox.height };
  const isFilled = panel.style === "bars" || panel.style === "stack";
  inside(plot, box, (ctx) => {
    ctx.globalAlpha = isFilled ? 0.6 : 0.9;
    ctx.strokeStyle = isFilled ? look.ground : look.line;
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.stroke(diagonals(box));
  });
}

function diagonals({ left, top, width, height }: Box): Path2D {
  const path = new Path2D();
  const step = hatchStepPx * devicePixelRatio;
  // Anchored to the canvas, so that the lines stand still while the bucket grows.
  const first = Math.floor((left - height) / step) * step;
  for (let x = first; x < left + width; x += step) {
    path.moveTo(x, top + height);
    path.lineTo(x + height, top);
  }
  return path;
}

/** The dashed line of the time that is compared with. */
export function drawComparison(plot: uPlot, painted: Painted, look: Look): void {
  const { comparison } = painted;
  if (comparison === null) return;
  inside(plot, plot.bbox, (ctx) => {
    ctx.strokeStyle = look.muted;
    ctx.lineWidth = 1.25 * devicePixelRatio;
    ctx.setLineDash([5, 4].map((px) => px * devicePixelRatio));
    ctx.stroke(linePath(plot, comparison.timesMs, comparison.values[0] ?? []));
  });
}

/** Shapes on lines, so that they are told apart without colour; always at the same instants. */
export function drawShapes(
  plot: uPlot,
  painted: Painted,
  series: { readonly index: number; readonly colour: string },
  look: Look,
): void {
  const values = painted.uppers[series.index] ?? [];
  const stepMs = plot.posToVal(shapeStepPx, "x") - plot.posToVal(0, "x");
  // Neighbouring series put theirs at other places, so that they do not cover one another.
  const shiftMs = (series.index % 4) * 0.25 * stepMs;
  let lastSlot = Number.NaN;
  inside(plot, plot.bbox, (ctx) => {
    ctx.fillStyle = series.colour;
    ctx.strokeStyle = look.ground;
    ctx.lineWidth = devicePixelRatio;
    painted.timesMs.forEach((atMs, index) => {
      const slot = Math.floor((atMs + shiftMs) / stepMs);
      const value = values[index] ?? null;
      if (slot === lastSlot || value === null) return;
      const isFirst = Number.isNaN(lastSlot);
      lastSlot = slot;
      if (isFirst) return;
      const x = plot.valToPos(atMs, "x", true);
      const y = plot.valToPos(value, "y", true);
      const path = shapePath(seriesMark(series.index).shape, { x, y }, 3.5 * devicePixelRatio);
      ctx.stroke(path);
      ctx.fill(path);
    });
  });
}

/** One of the shapes around a point. */
function shapePath(
  shape: SeriesMark["shape"],
  { x, y }: { readonly x: number; readonly y: number },
  size: number,
): Path2D {
  const path = new Path2D();
  if (shape === "dot") path.arc(x, y, size, 0, 2 * Math.PI);
  if (shape === "square") path.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
  if (shape === "triangle")
    polygon(path, [
      x,
      y - size * 1.2,
      x + size * 1.1,
      y + size * 0.8,
      x - size * 1.1,
      y + size * 0.8,
    ]);
  if (shape === "diamond")
    polygon(path, [x, y - size * 1.3, x + size * 1.3, y, x, y + size * 1.3, x - size * 1.3, y]);
  if (shape === "ring") {
    path.arc(x, y, size, 0, 2 * Math.PI);
    path.arc(x, y, size * 0.5, 0, 2 * Math.PI, true);
  }
  if (shape === "cross") {
    const thin = size * 0.45;
    path.rect(x - size, y - thin, size * 2, thin * 2);
    path.rect(x - thin, y - size, thin * 2, size * 2);
  }
  return path;
}

function polygon(path: Path2D, corners: readonly number[]): void {
  for (let index = 0; index < corners.length; index += 2) {
    const x = corners[index] ?? 0;
    const y = corners[index + 1] ?? 0;
    if (index === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  path.closePath();
}

/** The limit with its resets, and the way things are heading. */
export function drawLimit(
  plot: uPlot,
  panel: TimeSeriesPanel,
  { look, words }: { readonly look: Look; readonly words: OverlayWords },
): void {
  const { limit } = panel;
  if (!limit) return;
  const { left, top, width } = plot.bbox;
  const y = plot.valToPos(limit.value, "y", true);
  const ratio = devicePixelRatio;
  inside(plot, plot.bbox, (ctx) => {
    if (limit.projection) drawProjection(plot, limit.projection, look);
    ctx.strokeStyle = look.limit;
    ctx.fillStyle = look.limit;
    ctx.lineWidth = 1.5 * ratio;
    ctx.setLineDash([8 * ratio, 3 * ratio]);
    ctx.stroke(segment(left, y, left + width, y));
    ctx.setLineDash([]);
    for (const resetMs of limit.resetsAtMs) {
      const x = plot.valToPos(resetMs, "x", true);
      ctx.stroke(segment(x, y - 6 * ratio, x, y + 6 * ratio));
    }
    if (words.limit === null) return;
    ctx.fillStyle = look.ink;
    ctx.strokeStyle = look.ground;
    ctx.lineWidth = 3 * ratio;
    ctx.font = scaledFont(look.font);
    ctx.textAlign = "left";
    const isHigh = y - top < 16 * ratio;
    ctx.textBaseline = isHigh ? "top" : "bottom";
    const place = [left + 4 * ratio, y + (isHigh ? 4 : -4) * ratio] as const;
    ctx.strokeText(words.limit, ...place);
    ctx.fillText(words.limit, ...place);
  });
}

type Projection = NonNullable<NonNullable<TimeSeriesPanel["limit"]>["projection"]>;

function drawProjection(plot: uPlot, projection: Projection, look: Look): void {
  const { ctx } = plot;
  const place = (atMs: number, value: number): readonly [number, number] => [
    plot.valToPos(atMs, "x", true),
    plot.valToPos(value, "y", true),
  ];
  const from = place(projection.fromMs, projection.fromValue);
  const to = place(projection.toMs, projection.toValue);
  const band = new Path2D();
  polygon(band, [
    ...from,
    ...place(projection.toMs, projection.highValue),
    ...place(projection.toMs, projection.lowValue),
  ]);
  ctx.globalAlpha = 0.14;
  ctx.fillStyle = look.ink;
  ctx.fill(band);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = look.muted;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([2, 3].map((px) => px * devicePixelRatio));
  ctx.stroke(segment(...from, ...to));
}

/** Up to where everything is known. */
export function drawAsOf(plot: uPlot, asOfMs: number, look: Look): void {
  const x = plot.valToPos(asOfMs, "x", true);
  const { left, top, width, height } = plot.bbox;
  if (x < left || x > left + width) return;
  inside(plot, plot.bbox, (ctx) => {
    ctx.strokeStyle = look.faint;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([devicePixelRatio, 3 * devicePixelRatio]);
    ctx.stroke(segment(x, top, x, top + height));
  });
}

function segment(x1: number, y1: number, x2: number, y2: number): Path2D {
  const path = new Path2D();
  path.moveTo(x1, y1);
  path.lineTo(x2, y2);
  return path;
}

/** uPlot's canvas has no scale: sizes are in its own pixels. */
function scaledFont(font: string): string {
  return font.replace(/(\d+)px/, (_, px: string) => `${Number(px) * devicePixelRatio}px`);
}

function inside(plot: uPlot, box: Box, draw: (ctx: CanvasRenderingContext2D) => void): void {
  const { ctx } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  draw(ctx);
  ctx.restore();
}
