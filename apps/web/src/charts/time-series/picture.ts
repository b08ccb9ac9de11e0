import { type TimeTick } from "@headcount/domain/charts/time-ticks";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import UPlot from "uplot";
import { niceScale, type Scale } from "../nice-scale.ts";
import { canvasGrain } from "./canvas-grain.ts";
import type { ValueEdges } from "./chart-store.ts";
import type { TimeSeriesPanel } from "./chart-types.ts";
import { drawColumns } from "./draw-columns.ts";
import type { Look } from "./look.ts";
import {
  drawAsOf,
  drawComparison,
  drawHatch,
  drawLimit,
  drawShapes,
  type OverlayWords,
} from "./picture-overlays.ts";
import { seriesPath } from "./picture-paths.ts";
import { plotBox, plotWidthOf } from "./plot-box.ts";
import { seriesMark } from "./series-marks.ts";
import { type Painted, type PanelShape, paintedOf } from "./shape-panel.ts";

/** Everything that one frame of a panel depends on. */
export type PictureFrame = {
  readonly shape: PanelShape;
  readonly range: TimeRange;
  readonly width: number;
  readonly height: number;
  readonly showsTime: boolean;
  readonly look: Look;
  readonly ticks: readonly TimeTick[];
  readonly tickText: (tick: TimeTick) => string;
  readonly asOfMs: number | null;
  readonly words: OverlayWords;
};

/** A limit further above everything than this is named and not drawn: it would flatten the picture. */
const limitReach = 2.5;
const wantedValueTicks = 3;
const leastGrainPx = 10;
const leastEdgedPx = 4;

/** One panel on a canvas. Owns it: dispose when the panel goes. */
export class Picture implements Disposable {
  readonly #plot: UPlot;
  #frame: PictureFrame;
  #painted: Painted;
  #scale: { readonly values: Scale; readonly bottom: number };

  constructor(host: HTMLElement, frame: PictureFrame) {
    this.#frame = frame;
    this.#painted = paintedOf(frame.shape, frame.range, plotWidthOf(frame.width));
    this.#scale = scaleOf(frame.shape.panel, this.#painted);
    this.#plot = new UPlot(this.#options(), this.#data(), host);
  }

  /** Draws another frame of a panel with as many series in the same style. */
  draw(frame: PictureFrame): void {
    const before = this.#frame;
    this.#frame = frame;
    this.#painted = paintedOf(frame.shape, frame.range, plotWidthOf(frame.width));
    this.#scale = scaleOf(frame.shape.panel, this.#painted);
    this.#plot.batch(() => {
      if (before.width !== frame.width || before.height !== frame.height)
        this.#plot.setSize({ width: frame.width, height: frame.height });
      this.#plot.setData(this.#data(), true);
    });
  }

  /** Whether another frame can be drawn on the same canvas. */
  fits(frame: PictureFrame): boolean {
    const [one, other] = [this.#frame.shape.panel, frame.shape.panel];
    return (
      one.style === other.style &&
      one.series.length === other.series.length &&
      this.#frame.showsTime === frame.showsTime
    );
  }

  /** Values at the lower and the upper edge of the plot. */
  edges(): ValueEdges {
    return { bottom: this.#scale.bottom, top: this.#scale.values.top };
  }

  [Symbol.dispose](): void {
    this.#plot.destroy();
  }

  #data(): UPlot.AlignedData {
    // Bars reach to their end, lines beyond the edges: uPlot is given enough to draw all of them.
    const { timesMs, uppers } = this.#painted;
    return [[...timesMs], ...uppers.map((edge) => [...edge])];
  }

  #options(): UPlot.Options {
    const { panel } = this.#frame.shape;
    const { width, height, showsTime } = this.#frame;
    return {
      width,
      height,
      legend: { show: false },
      cursor: { show: false },
      padding: [plotBox.top, plotBox.right, showsTime ? 0 : plotBox.withoutTimeAxis, 0],
      scales: {
        x: { time: false, range: () => [this.#frame.range.fromMs, this.#frame.range.toMs] },
        y: { range: () => [this.#scale.bottom, this.#scale.values.top] },
      },
      axes: [this.#timeAxis(), this.#valueAxis()],
      series: [{}, ...panel.series.map((_, index) => this.#series(index))],
      hooks: {
        drawAxes: [(plot) => this.#isFilled() || drawHatch(plot, this.#panel(), this.#frame.look)],
        drawSeries: [(plot, index) => this.#afterSeries(plot, index - 1)],
        draw: [(plot) => this.#afterAll(plot)],
      },
    };
  }

  #panel(): TimeSeriesPanel {
    return this.#frame.shape.panel;
  }

  #isFilled(): boolean {
    const { style } = this.#panel();
    return style === "stack" || style === "bars";
  }

  #series(index: number): UPlot.Series {
    const colour = (): string => this.#colour(index);
    const isUnpriced = (): boolean => this.#panel().series[index]?.unpriced === true;
    const { style } = this.#panel();
    const { dash, grain: ownGrain } = seriesMark(index);
    const isLine = style === "line";
    const isArea = style === "area";
    const fill = (plot: UPlot): string | CanvasPattern => {
      if (isUnpriced()) return "transparent";
      // Thin bars with a grain are noise; what they are made of is read at the cursor.
      const grain = this.#barWidthPx(plot) < leastGrainPx ? "plain" : ownGrain;
      if (isArea) return this.#frame.look.colour(pale(this.#css(index)));
      return canvasGrain(plot.ctx, { colour: colour(), ground: this.#frame.look.ground, grain });
    };
    const strokeOf = (plot: UPlot): string => {
      if (isUnpriced()) return this.#frame.look.faint;
      if (isLine || isArea) return colour();
      // The edge between two parts; thin bars would be nothing but edges.
      return this.#barWidthPx(plot) < leastEdgedPx ? "transparent" : this.#frame.look.ground;
    };
    return {
      stroke: strokeOf,
      width: isLine || isArea ? 1.75 : 1,
      cap: "round",
      ...(isLine && dash.length > 0 ? { dash: [...dash] } : {}),
      ...(isLine ? {} : { fill }),
      points: { show: false },
      paths: (plot) => seriesPath(plot, this.#painted, style, index),
    };
  }

  /** Width of a bar in CSS pixels; areas have no bars and all room. */
  #barWidthPx(plot: UPlot): number {
    const { timesMs, endsMs } = this.#painted;
    const middle = timesMs.length >> 1;
    const [startMs, endMs] = [timesMs[middle], endsMs?.[middle]];
    if (startMs === undefined || endMs === undefined) return Number.POSITIVE_INFINITY;
    return plot.valToPos(endMs, "x") - plot.valToPos(startMs, "x");
  }

  #css(index: number): string {
    return this.#panel().series[index]?.colour ?? "var(--series-other)";
  }

  #colour(index: number): string {
    return this.#frame.look.colour(this.#css(index));
  }

  #afterSeries(plot: UPlot, index: number): void {
    const panel = this.#panel();
    if (index >= 0 && panel.series.length > index)
      drawColumns(plot, this.#painted, index, this.#colour(index));
    if (panel.style !== "line" || panel.series.length < 2) return;
    drawShapes(plot, this.#painted, { index, colour: this.#colour(index) }, this.#frame.look);
  }

  #afterAll(plot: UPlot): void {
    const { look, words, asOfMs } = this.#frame;
    const panel = this.#panel();
    if (this.#isFilled()) drawHatch(plot, panel, look);
    drawComparison(plot, this.#painted, look);
    drawLimit(plot, panel, { look, words });
    if (asOfMs !== null) drawAsOf(plot, asOfMs, look);
  }

  #timeAxis(): UPlot.Axis {
    return {
      ...this.#axisLook(),
      show: this.#frame.showsTime,
      size: plotBox.timeAxis,
      gap: 6,
      grid: { show: false },
      incrs: () => [this.#frame.range.toMs - this.#frame.range.fromMs],
      splits: () => this.#frame.ticks.map(({ atMs }) => atMs),
      values: () => this.#frame.ticks.map((tick) => this.#frame.tickText(tick)),
    };
  }

  #valueAxis(): UPlot.Axis {
    return {
      ...this.#axisLook(),
      size: plotBox.left,
      gap: 8,
      grid: { stroke: () => this.#frame.look.line, width: 1 },
      // Below 5, uPlot hides the axis for an increment that is none of its own; the splits are ours anyway.
      incrs: () => [Math.max(5, this.#scale.values.top - this.#scale.bottom)],
      splits: () => [...this.#scale.values.ticks],
      values: (_, splits) => splits.map((value) => withoutZeros(this.#panel().formatValue(value))),
    };
  }

  #axisLook(): UPlot.Axis {
    return {
      font: this.#frame.look.font,
      stroke: () => this.#frame.look.faint,
      space: 1,
      ticks: { show: false },
      border: { show: false },
    };
  }
}

/** Whether the limit of a panel lies in its picture. */
export function limitIsNear(panel: TimeSeriesPanel, largest: number): boolean {
  return (
    Boolean(panel.limit) && (largest === 0 || (panel.limit?.value ?? 0) <= largest * limitReach)
  );
}

function scaleOf(
  panel: TimeSeriesPanel,
  { largest, smallest }: Painted,
): { readonly values: Scale; readonly bottom: number } {
  const limit = limitIsNear(panel, largest) ? panel.limit : null;
  const projected = limit?.projection?.highValue ?? 0;
  const highest = Math.max(largest, limit?.value ?? 0, Math.min(projected, largest * limitReach));
  const values = niceScale(highest, wantedValueTicks);
  return { values, bottom: smallest < 0 ? -niceScale(-smallest, wantedValueTicks).top : 0 };
}

function pale(css: string): string {
  return `color-mix(in oklab, ${css} 16%, transparent)`;
}

/** Round numbers on an axis need no decimals. */
function withoutZeros(figure: string): string {
  return figure.replace(/\.0+(?=\D|$)/, "");
}
