import type { Comparison } from "@headcount/domain/charts/compared-range";
import { useEffect, useId, useMemo, useRef } from "react";
import { useText } from "../../i18n/use-text.ts";
import { useWidth } from "../use-width.ts";
import { attachGestures } from "./attach-gestures.ts";
import type { ChartController } from "./chart-controller.ts";
import type { TimeSeriesPanel } from "./chart-types.ts";
import { CursorTime } from "./cursor-time.tsx";
import { handleKey } from "./handle-key.ts";
import { PanelCanvas } from "./panel-canvas.tsx";
import { PanelLegend } from "./panel-legend.tsx";
import { PanelPin } from "./panel-pin.tsx";
import { defaultPanelHeight, plotBox } from "./plot-box.ts";
import { PlotOverlay } from "./plot-overlay.tsx";
import { shapePanel } from "./shape-panel.ts";
import type { TimeFormat } from "./time-format.ts";
import { useLook } from "./use-look.ts";

type PanelViewProps = {
  readonly panel: TimeSeriesPanel;
  readonly chart: ChartController;
  readonly showsTime: boolean;
  readonly zone: string;
  readonly times: TimeFormat;
  readonly asOfMs: number | null;
  readonly comparison: Comparison | null;
  /** The sentence that says which keys there are. */
  readonly helpId: string;
};

/** One measure over time: its name and figures above, the plot that hands and keys work on below. */
export function PanelView({
  panel,
  chart,
  showsTime,
  zone,
  times,
  asOfMs,
  comparison,
  helpId,
}: PanelViewProps) {
  const text = useText();
  const titleId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const look = useLook(frame);
  const shape = useMemo(() => shapePanel(panel, comparison), [panel, comparison]);
  const height = panel.height ?? defaultPanelHeight;
  const isEmpty = panel.timesMs.length === 0;
  useEffect(() => {
    if (plot.current === null) return;
    return attachGestures(plot.current, panel.id, chart);
  }, [panel.id, chart]);
  return (
    <section className="flex flex-col gap-1.5" aria-labelledby={titleId}>
      <div className="flex min-h-6 flex-wrap items-center gap-x-4 gap-y-0.5">
        <h3 id={titleId} className="text-13 font-semibold">
          {panel.label} <span className="ps-1 text-12 font-normal text-faint">{panel.unit}</span>
        </h3>
        <PanelLegend shape={shape} store={chart.store} />
        <PanelPin panel={panel} chart={chart} times={times} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application role takes keys */}
      <div
        ref={frame}
        role="application"
        aria-roledescription={text.charts.role}
        aria-labelledby={titleId}
        aria-describedby={helpId}
        data-panel={panel.id}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application role takes focus
        tabIndex={0}
        style={{ height }}
        className="relative rounded-control"
        onKeyDown={(event) => {
          if (event.target === event.currentTarget && handleKey(event, panel.id, chart))
            event.preventDefault();
        }}
        onBlur={chart.leave}
      >
        <PanelCanvas
          shape={shape}
          store={chart.store}
          width={width}
          height={height}
          showsTime={showsTime}
          look={look}
          zone={zone}
          times={times}
          asOfMs={asOfMs}
        />
        <div
          ref={plot}
          data-plot={panel.id}
          className="absolute cursor-crosshair touch-pan-y select-none"
          style={{
            left: plotBox.left,
            right: plotBox.right,
            top: plotBox.top,
            bottom: showsTime ? plotBox.timeAxis : plotBox.withoutTimeAxis,
          }}
        >
          <PlotOverlay shape={shape} store={chart.store} />
          {showsTime && <CursorTime store={chart.store} times={times} />}
        </div>
        {isEmpty && (
          <p className="pointer-events-none absolute inset-0 grid place-items-center text-13 text-faint">
            {text.charts.noData}
          </p>
        )}
      </div>
    </section>
  );
}
