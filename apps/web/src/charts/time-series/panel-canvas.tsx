import { timeTicks, type TimeTick } from "@headcount/domain/charts/time-ticks";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { useEffect, useLayoutEffect, useRef } from "react";
import { useStore } from "zustand";
import { useText } from "../../i18n/use-text.ts";
import { noteScale, type ChartStore } from "./chart-store.ts";
import type { Look } from "./look.ts";
import { Picture, type PictureFrame } from "./picture.ts";
import { plotWidthOf } from "./plot-box.ts";
import type { PanelShape } from "./shape-panel.ts";
import type { TimeFormat } from "./time-format.ts";

type PanelCanvasProps = {
  readonly shape: PanelShape;
  readonly store: ChartStore;
  readonly width: number;
  readonly height: number;
  readonly showsTime: boolean;
  readonly look: Look | null;
  readonly zone: string;
  readonly times: TimeFormat;
  readonly asOfMs: number | null;
};

/** Two labels of the time axis are never closer than this. */
const tickSpacePx = 88;

/** A label this close to the right edge would be cut. */
const edgeSpacePx = 10;

function ticksFor(zone: string, range: TimeRange, plotPx: number): readonly TimeTick[] {
  const lastMs = range.toMs - ((range.toMs - range.fromMs) * edgeSpacePx) / plotPx;
  const ticks = timeTicks(zone, range, Math.floor(plotPx / tickSpacePx));
  return ticks.filter(({ atMs }) => atMs < lastMs);
}

/** The painted part of a panel; everything that is said about it stands around it. */
export function PanelCanvas({
  shape,
  store,
  width,
  height,
  showsTime,
  look,
  zone,
  times,
  asOfMs,
}: PanelCanvasProps) {
  const text = useText();
  const host = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture>(null);
  const range = useStore(store, ({ shown }) => shown);
  const { limit } = shape.panel;
  const nextResetMs = limit?.resetsAtMs.find((atMs) => atMs > (asOfMs ?? range.fromMs));
  const resets =
    nextResetMs === undefined
      ? ""
      : ` · ${text.charts.resets({ time: times.instant(nextResetMs, Number.POSITIVE_INFINITY) })}`;
  useLayoutEffect(() => {
    if (host.current === null || look === null || width === 0) return;
    const frame: PictureFrame = {
      shape,
      range,
      width,
      height,
      showsTime,
      look,
      ticks: showsTime ? ticksFor(zone, range, plotWidthOf(width)) : [],
      tickText: times.tick,
      asOfMs,
      words: { limit: limit ? `${limit.label}${resets}` : null },
    };
    if (picture.current?.fits(frame) === true) picture.current.draw(frame);
    else {
      picture.current?.[Symbol.dispose]();
      picture.current = new Picture(host.current, frame);
    }
    noteScale(store, shape.panel.id, picture.current.edges());
  });
  useEffect(
    () => () => {
      picture.current?.[Symbol.dispose]();
      picture.current = null;
    },
    [],
  );
  return (
    <div
      ref={host}
      aria-hidden="true"
      style={{ height }}
      className="pointer-events-none absolute inset-0 [&_.u-over]:hidden [&_.u-under]:hidden [&_.u-wrap]:relative [&_canvas]:block [&_canvas]:size-full"
    />
  );
}
