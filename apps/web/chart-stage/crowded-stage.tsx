import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { useMemo, useState } from "react";
import { TimeSeries } from "../src/charts/time-series.tsx";
import type { TimeSeriesPanel } from "../src/charts/time-series/chart-types.ts";
import { formatTokens } from "../src/ui/format-tokens.ts";
import { noise, nowMs, zone } from "./made-panels.ts";

const stepMs = 1_000;

/** As many points as asked for, in one line a second apart. */
export function CrowdedStage({ points }: { readonly points: number }) {
  const whole: TimeRange = { fromMs: nowMs - points * stepMs, toMs: nowMs };
  const [range, setRange] = useState(whole);
  const panels = useMemo(() => [crowdedPanel(points)], [points]);
  return (
    <main className="p-4">
      <TimeSeries
        label="Many points"
        panels={panels}
        range={range}
        bounds={whole}
        zone={zone}
        canReset
        onRangeChange={setRange}
        onReset={() => setRange(whole)}
      />
    </main>
  );
}

function crowdedPanel(points: number): TimeSeriesPanel {
  const timesMs = new Float64Array(points);
  const values = new Float64Array(points);
  let level = 500;
  for (let index = 0; index < points; index += 1) {
    level = Math.max(0, level + (noise(index) - 0.5) * 20);
    timesMs[index] = nowMs - (points - index) * stepMs;
    values[index] = level;
  }
  return {
    id: "crowded",
    label: "Tokens",
    unit: "per second",
    style: "line",
    timing: "sample",
    timesMs,
    endsAtMs: nowMs,
    partialFromMs: null,
    series: [{ id: "all", label: "All", colour: "var(--series-1)", values }],
    formatValue: (value) => formatTokens(Math.round(value)),
    height: 360,
  };
}
