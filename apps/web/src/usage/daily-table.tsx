import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { Money } from "../ui/money.tsx";
import { Table, type Column } from "../ui/table.tsx";
import { Tokens } from "../ui/tokens.tsx";
import type { DailyUsage } from "./daily-chart.tsx";

type Day = DailyUsage["days"][number];

/** The chart's figures as a table, the newest day first, with the period's totals below. */
export function DailyTable({ daily }: { readonly daily: DailyUsage }) {
  const text = useText();
  const format = useFormat();
  const columns: readonly Column<Day>[] = [
    {
      id: "day",
      label: text.usage.day,
      cell: (day) => format.date(new Date(`${day.date}T00:00:00`)),
    },
    tokenColumn("input", text.usage.input, (day) => day.usage.tokens.input),
    tokenColumn("read", text.usage.cacheRead, (day) => day.usage.tokens.cacheRead),
    tokenColumn("write", text.usage.cacheWrite, (day) => cacheWrites(day.usage)),
    tokenColumn("output", text.usage.output, (day) => day.usage.tokens.output),
    {
      id: "total",
      label: text.usage.tokens,
      width: "104px",
      align: "end",
      cell: (day) => <Tokens count={day.usage.tokens.total} />,
    },
    {
      id: "cost",
      label: text.usage.cost,
      width: "84px",
      align: "end",
      cell: (day) => <Money usd={day.usage.costUsd} />,
    },
  ];
  const { total } = daily;
  return (
    <div className="-mx-4 overflow-x-auto">
      <Table
        dense
        label={text.usage.tokensPerDay}
        columns={columns}
        rows={daily.days.toReversed()}
        rowKey={(day) => day.date}
        footer={
          <tfoot className="font-medium">
            <tr className="[&>td]:h-(--row-dense) [&>td]:px-2 [&>td]:text-end">
              <td className="ps-4! text-start!">{text.usage.total}</td>
              <td className="hidden desk:table-cell">
                <Tokens count={total.tokens.input} />
              </td>
              <td className="hidden desk:table-cell">
                <Tokens count={total.tokens.cacheRead} />
              </td>
              <td className="hidden desk:table-cell">
                <Tokens count={cacheWrites(total)} />
              </td>
              <td className="hidden desk:table-cell">
                <Tokens count={total.tokens.output} />
              </td>
              <td>
                <Tokens count={total.tokens.total} />
              </td>
              <td className="pe-4!">
                <Money usd={total.costUsd} />
              </td>
            </tr>
          </tfoot>
        }
      />
    </div>
  );
}

function tokenColumn(id: string, label: string, of: (day: Day) => number | string): Column<Day> {
  return {
    id,
    label,
    width: "104px",
    align: "end",
    from: "desk",
    cell: (day) => <Tokens count={of(day)} className="text-muted" />,
  };
}

function cacheWrites({ tokens }: Day["usage"]): string {
  return (BigInt(tokens.cacheWrite5m) + BigInt(tokens.cacheWrite1h)).toString();
}
