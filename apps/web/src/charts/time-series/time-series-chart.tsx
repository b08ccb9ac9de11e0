import type { Comparison } from "@headcount/domain/charts/compared-range";
import { useId, useLayoutEffect, useMemo, useState } from "react";
import { languageStore } from "../../i18n/language-store.ts";
import { useText } from "../../i18n/use-text.ts";
import { AnnotationLane } from "./annotation-lane.tsx";
import { BrushStrip } from "./brush-strip.tsx";
import { makeController } from "./chart-controller.ts";
import { ChartReader } from "./chart-reader.tsx";
import { createChartStore } from "./chart-store.ts";
import { ChartToolbar } from "./chart-toolbar.tsx";
import type { TimeSeriesChartProps } from "./chart-types.ts";
import { PanelView } from "./panel-view.tsx";
import { SeriesTable } from "./series-table.tsx";
import { timeFormatOf } from "./time-format.ts";

/** Panels over one axis of time that are zoomed, moved and read together. */
export function TimeSeriesChart(props: TimeSeriesChartProps) {
  const { label, panels, range, zone, annotations, overview, view = "chart" } = props;
  const { asOfMs = null } = props;
  const text = useText();
  const helpId = useId();
  const times = timeFormatOf(
    languageStore((state) => state.language),
    zone,
  );
  const [chart] = useState(() => makeController(createChartStore(range), props));
  useLayoutEffect(() => chart.receive(props));
  const { fromMs, toMs } = range;
  useLayoutEffect(() => {
    const { gesture } = chart.store.getState();
    if (gesture === "none" || gesture === "brush")
      chart.store.setState({ shown: { fromMs, toMs } });
  }, [chart, fromMs, toMs]);
  const choice = props.comparison?.value ?? "none";
  const comparison = useMemo<Comparison | null>(
    () => (choice === "none" ? null : { with: choice, zone, range: { fromMs, toMs } }),
    [choice, zone, fromMs, toMs],
  );
  return (
    <figure aria-label={label} className="flex flex-col gap-4">
      <ChartToolbar
        chart={chart}
        times={times}
        canReset={props.canReset}
        asOfMs={asOfMs}
        {...(props.live === undefined ? {} : { live: props.live })}
        {...(props.comparison === undefined ? {} : { comparison: props.comparison })}
      />
      {overview !== undefined && <BrushStrip overview={overview} chart={chart} times={times} />}
      {view === "table" ? (
        panels.map((panel) => (
          <SeriesTable key={panel.id} panel={panel} range={range} times={times} />
        ))
      ) : (
        <div className="flex flex-col gap-3">
          <p id={helpId} hidden>
            {text.charts.help}
          </p>
          {panels.map((panel, index) => (
            <PanelView
              key={panel.id}
              panel={panel}
              chart={chart}
              showsTime={index === panels.length - 1}
              zone={zone}
              times={times}
              asOfMs={asOfMs}
              comparison={comparison}
              helpId={helpId}
            />
          ))}
          {annotations !== undefined && annotations.length > 0 && (
            <AnnotationLane annotations={annotations} store={chart.store} times={times} />
          )}
        </div>
      )}
      <ChartReader panels={panels} store={chart.store} times={times} />
    </figure>
  );
}
