import type { BarWidth } from "@headcount/domain/usage/chart/bar-widths";
import { figureIn, type StackedUsage } from "@headcount/domain/usage/chart/series-of";
import { sumFigures } from "@headcount/domain/usage/chart/sum-figures";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Table, type Column } from "../../ui/table.tsx";
import { FigureOf } from "../figure-of.tsx";
import type { UsageView } from "../usage-view.ts";
import { barLabels } from "./bar-labels.ts";
import type { TrendData } from "./use-trend.ts";

type TrendTableProps = {
  readonly trend: TrendData;
  /** What of it is switched on, with names. */
  readonly shown: StackedUsage;
  readonly label: string;
  readonly view: UsageView;
};

type Row = StackedUsage["bars"][number];

/** The longest name of a bucket with the note that it is not over, in every language. */
const bucketPx: Readonly<Record<BarWidth, number>> = { hour: 308, day: 208, week: 284 };
const leastFigurePx = 104;
const mostFigurePx = 184;

/** Names of models stand in one line where they are as long as most are; longer ones wrap. */
function figurePx(name: string): number {
  return Math.min(mostFigurePx, Math.max(leastFigurePx, 24 + 7 * name.length));
}

/** The chart's figures as a table, the newest first, with the sums of all below. */
export function TrendTable({ trend, shown, label, view }: TrendTableProps) {
  const text = useText();
  const format = useFormat();
  const { series, bars } = shown;
  const { metric, barWidth } = trend;
  const { tz } = view.question;
  const totalOf = (row: Row) => sumFigures(series.map(({ id }) => figureIn(row, id)));
  const columns: readonly Column<Row>[] = [
    {
      id: "bucket",
      label: text.usage.dashboard.barWidths[barWidth],
      width: `${bucketPx[barWidth]}px`,
      cell: (row) => (
        <button
          type="button"
          className="inset-focus hover:underline"
          onClick={() =>
            view.drill({
              measure: view.search.measure ?? "tokens",
              from: row.startsAt,
              to: row.endsAt,
              of: [],
            })
          }
        >
          {barLabels(row, barWidth, { format, text, tz }).title}
          {row.partial && <span className="text-faint"> · {text.figures.partial}</span>}
        </button>
      ),
    },
    ...series.map(
      ({ id, label: name }): Column<Row> => ({
        id,
        label: name,
        align: "end",
        width: `${figurePx(name)}px`,
        cell: (row) => (
          <FigureOf metric={metric} figure={figureIn(row, id)} className="text-muted" />
        ),
      }),
    ),
    {
      id: "total",
      label: text.usage.total,
      align: "end",
      width: `${leastFigurePx}px`,
      cell: (row) => <FigureOf metric={metric} figure={totalOf(row)} />,
    },
  ];
  const seriesPx = series.reduce((sum, { label: name }) => sum + figurePx(name), 0);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to take the focus, or keys cannot scroll it
    <div role="group" aria-label={label} tabIndex={0} className="relative -mx-4 overflow-x-auto">
      <div style={{ minWidth: bucketPx[barWidth] + seriesPx + leastFigurePx }}>
        <Table
          label={label}
          columns={columns}
          rows={bars.toReversed()}
          rowKey={({ startsAt }) => startsAt}
          dense
          footer={
            <tfoot>
              <tr className="font-medium [&>td]:h-(--row-dense) [&>td]:px-2 [&>td]:text-end">
                <td className="ps-4! text-start!">{text.usage.total}</td>
                {series.map(({ id }) => (
                  <td key={id}>
                    <FigureOf
                      metric={metric}
                      figure={sumFigures(bars.map((bar) => figureIn(bar, id)))}
                    />
                  </td>
                ))}
                <td className="pe-4!">
                  <FigureOf metric={metric} figure={sumFigures(bars.map(totalOf))} />
                </td>
              </tr>
            </tfoot>
          }
        />
      </div>
    </div>
  );
}
