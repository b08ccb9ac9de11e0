import { useStore } from "zustand";
import { useText } from "../../i18n/use-text.ts";
import type { ChartStore } from "./chart-store.ts";
import { addsUp, readPoint } from "./read-point.ts";
import { SeriesSwatch } from "./series-swatch.tsx";
import { comparedAt, type PanelShape } from "./shape-panel.ts";

type PanelLegendProps = { readonly shape: PanelShape; readonly store: ChartStore };

/** The names of the series, each with its figure at the cursor. */
export function PanelLegend({ shape, store }: PanelLegendProps) {
  const { panel } = shape;
  const text = useText();
  const atMs = useStore(store, ({ cursor, pin }) => cursor?.atMs ?? pin?.atMs ?? null);
  const reading = atMs === null ? null : readPoint(panel, atMs);
  const compared = atMs === null ? null : comparedAt(shape, atMs);
  const figure = (value: number | null): string =>
    value === null ? text.charts.noValue : panel.formatValue(value);
  return (
    <ul className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-0.5 text-12 text-muted">
      {panel.series.map((one, index) => (
        <li key={one.id} className="flex items-center gap-1.5">
          <SeriesSwatch
            index={index}
            colour={one.colour}
            style={panel.style}
            unpriced={one.unpriced === true}
          />
          {one.label}
          {reading !== null && <Figure>{figure(reading.values[index] ?? null)}</Figure>}
        </li>
      ))}
      {panel.comparison && (
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="22" height="10" className="shrink-0">
            <line
              x2="22"
              y1="5"
              y2="5"
              stroke="var(--muted)"
              strokeWidth="1.25"
              strokeDasharray="5 4"
            />
          </svg>
          {panel.comparison.label}
          {compared !== null && <Figure>{figure(compared)}</Figure>}
        </li>
      )}
      {addsUp(panel) && reading !== null && (
        <li className="flex items-center gap-1.5">
          {text.charts.total}
          <Figure>{figure(reading.total)}</Figure>
        </li>
      )}
      {reading?.isPartial === true && <li className="text-faint">{text.charts.partial}</li>}
    </ul>
  );
}

function Figure({ children }: { readonly children: string }) {
  return <span className="figures font-medium text-ink">{children}</span>;
}
