import type { ForecastCheck, MoneyForecast } from "@headcount/contract/usage/forecast-schemas";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { Money } from "../../ui/money.tsx";
import { Table, type Column } from "../../ui/table.tsx";
import { localDate } from "../zone-dates.ts";
import { type CourseDay, monthCourse } from "./month-course.ts";

/** The chart's figures, the end of the month first, then what would have been said in past months. */
export function ForecastTables({ forecast }: { readonly forecast: MoneyForecast }) {
  return (
    <div className="flex flex-col gap-5">
      <DayTable course={monthCourse(forecast)} />
      {forecast.backTest !== null && <CheckTable checks={forecast.backTest.checks} />}
    </div>
  );
}

function DayTable({ course }: { readonly course: readonly CourseDay[] }) {
  const { usageForecast: words } = useText();
  const format = useFormat();
  const columns: readonly Column<CourseDay>[] = [
    {
      id: "day",
      label: words.day,
      width: "110px",
      cell: ({ date }) => format.dayAndMonth(localDate(date)),
    },
    {
      id: "spent",
      label: words.ofDay,
      align: "end",
      cell: ({ spentUsd }) => spentUsd !== null && <Money usd={spentUsd} className="text-muted" />,
    },
    {
      id: "sum",
      label: words.sumSoFar,
      align: "end",
      cell: ({ sumUsd }) => sumUsd !== null && <Money usd={sumUsd} />,
    },
    {
      id: "projected",
      label: words.sumProjected,
      align: "end",
      cell: ({ projected }) => projected && <Money usd={projected.usd} />,
    },
    {
      id: "range",
      label: words.sumRange,
      align: "end",
      width: "22%",
      cell: ({ projected }) => projected && <Range {...projected} />,
    },
  ];
  return (
    <Scroller label={words.days} width={540}>
      <Table
        label={words.days}
        columns={columns}
        rows={course.toReversed()}
        rowKey={({ date }) => date}
        dense
      />
    </Scroller>
  );
}

function CheckTable({ checks }: { readonly checks: readonly ForecastCheck[] }) {
  const { usageForecast: words } = useText();
  const format = useFormat();
  const columns: readonly Column<ForecastCheck>[] = [
    { id: "month", label: words.month, width: "110px", cell: ({ month }) => month },
    {
      id: "said",
      label: words.said,
      align: "end",
      cell: ({ said }) => <Money usd={said.usd} className="text-muted" />,
    },
    {
      id: "range",
      label: words.sumRange,
      align: "end",
      width: "22%",
      cell: ({ said }) => <Range {...said} />,
    },
    { id: "came", label: words.came, align: "end", cell: ({ cameUsd }) => <Money usd={cameUsd} /> },
    {
      id: "off",
      label: words.off,
      align: "end",
      cell: ({ errorPercent }) =>
        errorPercent !== null && (
          <span className="figures">{format.percent(errorPercent / 100)}</span>
        ),
    },
    {
      id: "inside",
      label: words.isInside,
      align: "end",
      cell: ({ isInside }) => (isInside ? words.yes : words.no),
    },
  ];
  return (
    <Scroller label={words.checks} width={600}>
      <h3 className="px-4 pb-1 text-13 font-medium">{words.checks}</h3>
      <Table
        label={words.checks}
        columns={columns}
        rows={checks}
        rowKey={({ month }) => month}
        dense
      />
    </Scroller>
  );
}

function Range({ lowUsd, highUsd }: { readonly lowUsd: string; readonly highUsd: string }) {
  const { usageForecast: words } = useText();
  return (
    <span className="figures whitespace-nowrap text-muted">
      {words.range({ low: formatMoney(lowUsd), high: formatMoney(highUsd) })}
    </span>
  );
}

type ScrollerProps = {
  readonly label: string;
  readonly width: number;
  readonly children: React.ReactNode;
};

function Scroller({ label, width, children }: ScrollerProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to take the focus, or keys cannot scroll it
    <div role="group" aria-label={label} tabIndex={0} className="relative -mx-4 overflow-x-auto">
      <div style={{ minWidth: width }}>{children}</div>
    </div>
  );
}
