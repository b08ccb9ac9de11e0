import type uPlot from "uplot";
import type { Painted } from "./shape-panel.ts";

/** CSS pixels from edge to edge of a line that runs level. */
const thickness = 1.75;

/**
 * A crowded line as one upright rectangle per pixel column, from the smallest to the largest value
 * in it and as far as its neighbour: the picture of the line at a small part of its price.
 */
export function drawColumns(plot: uPlot, painted: Painted, index: number, colour: string): void {
  const { timesMs, uppers, columnMs } = painted;
  const values = uppers[index] ?? [];
  if (columnMs === null) return;
  const { ctx, bbox } = plot;
  const half = (thickness * devicePixelRatio) / 2;
  const width = plot.valToPos(columnMs, "x", true) - plot.valToPos(0, "x", true);
  const [left, right] = [bbox.left, bbox.left + bbox.width];
  ctx.fillStyle = colour;
  let before: Span | null = null;
  for (let place = 0; place + 1 < values.length; place += 2) {
    const span = spanOf(plot, values[place] ?? null, values[place + 1] ?? null);
    if (span !== null) {
      const { top, bottom } = joined(span, before);
      const x = plot.valToPos((timesMs[place] ?? 0) - columnMs / 4, "x", true);
      const from = Math.max(left, Math.floor(x));
      const to = Math.min(right, Math.ceil(x + width));
      if (to > from) ctx.fillRect(from, top - half, to - from, bottom - top + 2 * half);
    }
    before = span;
  }
}

/** Pixels from the highest to the lowest place of a column. */
type Span = { readonly top: number; readonly bottom: number };

function spanOf(plot: uPlot, one: number | null, other: number | null): Span | null {
  if (one === null || other === null) return null;
  const [first, second] = [plot.valToPos(one, "y", true), plot.valToPos(other, "y", true)];
  return { top: Math.min(first, second), bottom: Math.max(first, second) };
}

/** Reaches to the column before, so that the line does not fall apart where it is steep. */
function joined(span: Span, before: Span | null): Span {
  if (before === null) return span;
  return { top: Math.min(span.top, before.bottom), bottom: Math.max(span.bottom, before.top) };
}
