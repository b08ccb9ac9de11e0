import type { UsageFigures, UsageKey, UsageRow } from "@headcount/contract/usage/query-schemas";
import { useText } from "../../i18n/use-text.ts";
import type { UsageDrill } from "../usage-search.ts";
import {
  type BoardColumn,
  type BoardGrouping,
  type BoardSort,
  columnValue,
  type MoneyMetric,
} from "./board-columns.ts";
import { BoardFigure } from "./board-figure.tsx";
import { rowLabel } from "./row-label.ts";
import { RowName } from "./row-name.tsx";
import { shownColumns } from "./shown-columns.ts";

type BoardRowProps = {
  readonly row: UsageRow;
  readonly by: BoardGrouping;
  readonly totals: UsageFigures;
  readonly money: MoneyMetric;
  readonly sort: BoardSort;
  readonly colour: string;
  readonly onOpen: (drill: UsageDrill) => void;
};

/** One agent, project, person … with its share of the total as a line below its name. */
export function BoardRow({ row, by, totals, money, sort, colour, onOpen }: BoardRowProps) {
  const text = useText();
  const [key] = row.keys;
  if (key === undefined) return null;
  const drill = drillOf(key, by);
  const share = shareOf(sharedColumn(sort.column), { row, totals, money });
  return (
    <tr className="relative hover:bg-hover has-focus-visible:bg-hover [&>td]:h-(--row) [&>td]:border-b [&>td]:border-line">
      <td className="px-2 ps-0">
        {drill === null ? (
          <RowName by={by} keyOf={key} colour={colour} />
        ) : (
          <button
            type="button"
            title={text.usageLists.showTasks({ name: rowLabel(key, by, text) })}
            onClick={() => onOpen(drill)}
            className="inset-focus block max-w-full text-start after:absolute after:inset-0"
          >
            <RowName by={by} keyOf={key} colour={colour} />
          </button>
        )}
        {share >= leastShare && (
          <span
            aria-hidden="true"
            className="absolute inset-x-0 bottom-[-1px] h-0.5 origin-left"
            style={{ width: `${share * 100}%`, background: colour }}
          />
        )}
      </td>
      {shownColumns.map(({ column, from }) => (
        <td
          key={column}
          className={`px-2 text-end last:pe-0 ${from} ${column === sort.column ? "" : "text-muted"}`}
        >
          <BoardFigure column={column} figures={row.metrics} money={money} />
        </td>
      ))}
    </tr>
  );
}

/** A line shorter than this looks like dirt. */
const leastShare = 0.005;

/** Rates have no share of a total; the row is drawn by its cost then. */
function sharedColumn(column: BoardColumn): BoardColumn {
  return column === "success" || column === "perTask" ? "cost" : column;
}

type Shared = Pick<BoardRowProps, "row" | "totals" | "money">;

function shareOf(column: BoardColumn, { row, totals, money }: Shared): number {
  const total = columnValue(column, totals, money) ?? 0;
  if (total <= 0) return 0;
  return Math.min(1, Math.max(0, (columnValue(column, row.metrics, money) ?? 0) / total));
}

/** The row's tasks; null where it stands for what did not fit into the list. */
function drillOf({ kind, value }: UsageKey, by: BoardGrouping): UsageDrill | null {
  return kind === "other" ? null : { of: [{ by, kind, value }] };
}
