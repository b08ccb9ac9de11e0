import { makeExtremes } from "@headcount/domain/charts/extremes";
import { keepInside, leastRangeMs, panRange } from "@headcount/domain/charts/move-range";
import { thinSeries } from "@headcount/domain/charts/thin-series";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from "react";
import { useStore } from "zustand";
import { useText } from "../../i18n/use-text.ts";
import { useWidth } from "../use-width.ts";
import type { ChartController } from "./chart-controller.ts";
import type { ChartOverview } from "./chart-types.ts";
import { plotBox } from "./plot-box.ts";
import type { TimeFormat } from "./time-format.ts";

type BrushStripProps = {
  readonly overview: ChartOverview;
  readonly chart: ChartController;
  readonly times: TimeFormat;
};

type Part = "window" | "start" | "end";

const height = 36;
/** Share of the whole that a key moves by. */
const keyShare = 0.02;

/** The whole of a stretch with a window in it: drag the window or its edges, or use the arrow keys. */
export function BrushStrip({ overview, chart, times }: BrushStripProps) {
  const text = useText();
  const strip = useRef<HTMLDivElement>(null);
  const width = useWidth(strip);
  const shown = useStore(chart.store, (state) => state.shown);
  const held = useRef<{ part: Part; startX: number; range: TimeRange } | null>(null);
  const { fromMs, toMs } = overview.range;
  const wholeMs = toMs - fromMs;
  const shareOf = (atMs: number): number =>
    100 * Math.min(1, Math.max(0, (atMs - fromMs) / wholeMs));
  const path = useMemo(() => outline(overview, width), [overview, width]);
  const take = (part: Part) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { part, startX: event.clientX, range: shown };
  };
  const drag = (event: PointerEvent): void => {
    if (held.current === null) return;
    const byMs = ((event.clientX - held.current.startX) / Math.max(width, 1)) * wholeMs;
    chart.preview(movedPart(held.current.part, held.current.range, byMs, overview.range), "pan");
  };
  const drop = (): void => {
    if (held.current === null) return;
    held.current = null;
    chart.commit(chart.store.getState().shown);
  };
  const press = (part: Part) => (event: KeyboardEvent) => {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    chart.commit(movedPart(part, shown, direction * keyShare * wholeMs, overview.range));
  };
  const handle = (part: Part, label: string, atMs: number) => ({
    role: "slider",
    tabIndex: 0,
    "aria-label": label,
    "aria-valuemin": fromMs,
    "aria-valuemax": toMs,
    "aria-valuenow": Math.round(atMs),
    "aria-valuetext": times.instant(atMs, wholeMs / 100),
    "data-strip": part,
    onPointerDown: take(part),
    onPointerMove: drag,
    onPointerUp: drop,
    onPointerCancel: drop,
    onKeyDown: press(part),
  });
  const [left, right] = [shareOf(shown.fromMs), shareOf(shown.toMs)];
  return (
    <div
      role="group"
      aria-label={`${text.charts.overview}: ${overview.label}`}
      style={{ marginLeft: plotBox.left, marginRight: plotBox.right }}
    >
      <div ref={strip} style={{ height }} className="relative touch-pan-y rounded-tag bg-sunken">
        <svg aria-hidden="true" width={width} height={height} className="absolute inset-0">
          <path d={path} fill="var(--faint)" opacity="0.55" />
        </svg>
        <div className="absolute inset-y-0 left-0 bg-ground/65" style={{ width: `${left}%` }} />
        <div
          className="absolute inset-y-0 right-0 bg-ground/65"
          style={{ width: `${100 - right}%` }}
        />
        <div
          {...handle("window", text.charts.overview, shown.fromMs)}
          className="absolute inset-y-0 min-w-1 cursor-grab border-y border-accent bg-accent/10 active:cursor-grabbing"
          style={{ left: `${left}%`, width: `${Math.max(0, right - left)}%` }}
        />
        <div
          {...handle("start", text.charts.overviewStart, shown.fromMs)}
          className={edgeLook}
          style={{ left: `calc(${left}% - 12px)` }}
        />
        <div
          {...handle("end", text.charts.overviewEnd, shown.toMs)}
          className={edgeLook}
          style={{ left: `calc(${right}% - 12px)` }}
        />
      </div>
    </div>
  );
}

/** 24 px to take, 3 px to see. */
const edgeLook =
  "absolute inset-y-0 w-6 cursor-ew-resize rounded-tag before:absolute before:inset-y-0 before:left-1/2 before:w-[3px] before:-translate-x-1/2 before:rounded-full before:bg-accent";

function movedPart(part: Part, range: TimeRange, byMs: number, whole: TimeRange): TimeRange {
  if (part === "window") return panRange(range, byMs, whole);
  const edges =
    part === "start"
      ? { fromMs: Math.min(range.fromMs + byMs, range.toMs - leastRangeMs), toMs: range.toMs }
      : { fromMs: range.fromMs, toMs: Math.max(range.toMs + byMs, range.fromMs + leastRangeMs) };
  return keepInside(
    { fromMs: Math.max(edges.fromMs, whole.fromMs), toMs: Math.min(edges.toMs, whole.toMs) },
    whole,
  );
}

/** The shape of the whole, from the ground up; gaps are holes. */
function outline({ timesMs, values, range }: ChartOverview, width: number): string {
  if (width === 0) return "";
  const series = [makeExtremes(values)];
  const thin = thinSeries({ timesMs, series, range, columns: Math.floor(width / 2) });
  const drawn = thin.values[0] ?? [];
  const highest = Math.max(1e-12, ...drawn.map((value) => value ?? 0));
  const x = (index: number): number =>
    ((thin.timesMs[index] ?? 0) - range.fromMs) * (width / (range.toMs - range.fromMs));
  let path = "";
  drawn.forEach((value, index) => {
    if (value === null) return;
    const isFirst = (drawn[index - 1] ?? null) === null;
    const isLast = (drawn[index + 1] ?? null) === null;
    const y = height - 2 - (value / highest) * (height - 6);
    const at = x(index).toFixed(1);
    path += `${isFirst ? `M${at} ${height}L` : "L"}${at} ${y.toFixed(1)}`;
    if (isLast) path += `L${at} ${height}Z`;
  });
  return path;
}
