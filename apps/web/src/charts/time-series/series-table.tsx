import { countBefore } from "@headcount/domain/charts/find-bucket";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { useState } from "react";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Table, type Column } from "../../ui/table.tsx";
import type { TimeSeriesPanel } from "./chart-types.ts";
import { addsUp, readPoint, type Reading } from "./read-point.ts";
import type { TimeFormat } from "./time-format.ts";

type SeriesTableProps = {
  readonly panel: TimeSeriesPanel;
  readonly range: TimeRange;
  readonly times: TimeFormat;
};

const pageSize = 100;
/** A date with a time to the second and the note that it is not over, in every language. */
const leastTimePx = 304;
const figurePx = 100;
const figureWidth = `${figurePx}px`;

/** The buckets of a panel that lie in a range, the newest first, with every figure in full. */
export function SeriesTable({ panel, range, times }: SeriesTableProps) {
  const text = useText();
  const [most, setMost] = useState(pageSize);
  const rows = rowsOf(panel, range);
  const exact = panel.formatExact ?? panel.formatValue;
  const figure = (value: number | null): string =>
    value === null ? text.charts.noValue : exact(value);
  const columns: readonly Column<Reading>[] = [
    {
      id: "time",
      label: text.charts.time,
      cell: ({ bucket, isPartial }) => (
        <span className="figures">
          {isPartial
            ? times.instant(bucket.fromMs, bucket.toMs - bucket.fromMs)
            : times.stretch(bucket)}
          {isPartial && <span className="text-faint"> · {text.charts.partial}</span>}
        </span>
      ),
    },
    ...panel.series.map(
      (one, index): Column<Reading> => ({
        id: one.id,
        label: one.label,
        align: "end",
        width: figureWidth,
        cell: ({ values }) => <span className="figures">{figure(values[index] ?? null)}</span>,
      }),
    ),
    ...(addsUp(panel)
      ? [
          {
            id: "total",
            label: text.charts.total,
            align: "end",
            width: figureWidth,
            cell: ({ total }: Reading) => <span className="figures">{figure(total)}</span>,
          } as const,
        ]
      : []),
  ];
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-13 font-semibold">
        {panel.label} <span className="ps-1 text-12 font-normal text-faint">{panel.unit}</span>
      </h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to take the focus, or keys cannot scroll it */}
      <div role="group" aria-label={panel.label} tabIndex={0} className="overflow-x-auto">
        <div style={{ minWidth: leastTimePx + (columns.length - 1) * figurePx }}>
          <Table
            dense
            label={panel.label}
            columns={columns}
            rows={rows.slice(0, most)}
            rowKey={({ bucket }) => String(bucket.fromMs)}
          />
        </div>
      </div>
      {rows.length > most && (
        <Button variant="quiet" className="self-start" onClick={() => setMost(most + pageSize)}>
          {text.charts.olderRows({ count: Math.min(pageSize, rows.length - most) })}
        </Button>
      )}
    </section>
  );
}

function rowsOf(panel: TimeSeriesPanel, range: TimeRange): readonly Reading[] {
  const start = Math.max(0, countBefore(panel.timesMs, range.fromMs + 1) - 1);
  const end = countBefore(panel.timesMs, range.toMs);
  return Array.from(panel.timesMs.slice(start, end), (atMs) => readPoint(panel, atMs))
    .filter((reading) => reading !== null)
    .filter(({ bucket }) => bucket.toMs > range.fromMs)
    .toReversed();
}
