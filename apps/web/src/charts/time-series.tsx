import { Suspense } from "react";
import { lazyPart } from "../ui/lazy-part.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { TimeSeriesChartProps } from "./time-series/chart-types.ts";
import { defaultPanelHeight } from "./time-series/plot-box.ts";

const Chart = lazyPart(
  async () => (await import("./time-series/time-series-chart.tsx")).TimeSeriesChart,
);

/** Height of a panel's name, and of the toolbar. */
const headingPx = 28;

/** `TimeSeriesChart` in a file of its own, fetched when a page shows it; until then its place is kept. */
export function TimeSeries(props: TimeSeriesChartProps) {
  const heights = props.panels.map(({ height = defaultPanelHeight }) => height + headingPx);
  return (
    <Suspense
      fallback={
        <div className="flex flex-col gap-4" aria-busy="true">
          <Skeleton className="h-7 w-72" />
          {heights.map((height, index) => (
            <div key={index} style={{ height }}>
              <Skeleton className="size-full" />
            </div>
          ))}
        </div>
      }
    >
      <Chart {...props} />
    </Suspense>
  );
}
