import { useStore } from "zustand";
import { useText } from "../../i18n/use-text.ts";
import { classNames } from "../../ui/class-names.ts";
import type { ChartStore } from "./chart-store.ts";
import type { TimeSeriesPanel } from "./chart-types.ts";
import { LimitNote } from "./limit-note.tsx";
import { addsUp, readPoint } from "./read-point.ts";
import { SeriesSwatch } from "./series-swatch.tsx";
import { comparedAt, type PanelShape } from "./shape-panel.ts";

type PanelLegendProps = { readonly shape: PanelShape; readonly store: ChartStore };

/** The names of the series, each with its figure at the cursor, else at the end of what is shown. */
export function PanelLegend({ shape, store }: PanelLegendProps) {
  const { panel } = shape;
  const text = useText();
  const pointedMs = useStore(store, ({ cursor, pin }) => cursor?.atMs ?? pin?.atMs ?? null);
  const shownToMs = useStore(store, ({ shown }) => shown.toMs);
  const atMs = pointedMs ?? lastWholeMs(panel, shownToMs);
  const reading = readPoint(panel, atMs);
  const figure = (value: number | null) => (
    <Figure isPointed={pointedMs !== null} label={value === null ? text.charts.noValue : null}>
      {value === null ? "–" : panel.formatValue(value)}
    </Figure>
  );
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
          {figure(reading?.values[index] ?? null)}
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
          {figure(comparedAt(shape, atMs))}
        </li>
      )}
      {addsUp(panel) && (
        <li className="flex items-center gap-1.5">
          {text.charts.total}
          {figure(reading?.total ?? null)}
        </li>
      )}
      <LimitNote panel={panel} store={store} />
      {reading?.isPartial === true && <li className="text-faint">{text.charts.partial}</li>}
    </ul>
  );
}

type FigureProps = {
  readonly isPointed: boolean;
  /** What the sign stands for, where it is no figure. */
  readonly label: string | null;
  readonly children: string;
};

/** As wide with short figures as with long ones, so that nothing jumps under the pointer. */
function Figure({ isPointed, label, children }: FigureProps) {
  return (
    <span
      title={label ?? undefined}
      className={classNames("figures min-w-12", isPointed ? "font-medium text-ink" : "text-faint")}
    >
      {children}
    </span>
  );
}

/** An instant in the last bucket before an instant that is not being filled any more. */
function lastWholeMs(panel: TimeSeriesPanel, beforeMs: number): number {
  const lastMs = Math.min(beforeMs, panel.endsAtMs) - 1;
  if (panel.partialFromMs === null) return lastMs;
  const partial = readPoint(panel, panel.partialFromMs);
  return Math.min(lastMs, (partial?.bucket.fromMs ?? panel.partialFromMs) - 1);
}
