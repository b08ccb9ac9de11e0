import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import { useFormat } from "../../i18n/use-format.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { FigureOf } from "../figure-of.tsx";
import {
  type BoardColumn,
  columnValue,
  metricOfColumn,
  type MoneyMetric,
} from "./board-columns.ts";

type BoardFigureProps = {
  readonly column: BoardColumn;
  readonly figures: UsageFigures;
  readonly money: MoneyMetric;
};

/** One cell of a list of who used it. */
export function BoardFigure({ column, figures, money }: BoardFigureProps) {
  const format = useFormat();
  const metric = metricOfColumn(column, money);
  if (metric !== null) return <FigureOf metric={metric} figure={figures[metric] ?? null} />;
  const value = columnValue(column, figures, money);
  if (value === null) return <span className="text-faint">–</span>;
  return (
    <span className="figures">
      {column === "success" ? format.percent(value) : formatMoney(value)}
    </span>
  );
}
