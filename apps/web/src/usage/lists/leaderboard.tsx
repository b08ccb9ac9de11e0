import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageFigures, UsageRow } from "@headcount/contract/usage/query-schemas";
import { restOfFigures } from "@headcount/domain/usage/query/rest-of-figures";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { otherColour } from "../../charts/series-colour.ts";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { UntilAnswered } from "../until-answered.tsx";
import { usageLists } from "../usage-search.ts";
import type { UsageView } from "../usage-view.ts";
import {
  type BoardGrouping,
  boardMetrics,
  type BoardSort,
  type MoneyMetric,
  sortRows,
} from "./board-columns.ts";
import { BoardFigure } from "./board-figure.tsx";
import { BoardHead } from "./board-head.tsx";
import { orderOf, sortOf } from "./board-order.ts";
import { BoardRow } from "./board-row.tsx";
import { rowColours } from "./row-colours.ts";
import { shownColumns } from "./shown-columns.ts";

type LeaderboardProps = {
  readonly view: UsageView;
  /** Which of the lists in the address it is. */
  readonly list: "who" | "models";
  readonly title: string;
};

const fewRows = 8;
/** More than these are one row at the end. */
const mostRows = 500;

/** Who or what used it: every list sums to the period's total, in the row at its end. */
export function Leaderboard({ view, list, title }: LeaderboardProps) {
  const text = useText();
  const groupings: readonly BoardGrouping[] = usageLists[list];
  const [usual] = usageLists[list];
  const chosen: BoardGrouping = view.search[list] ?? usual;
  const sort = sortOf(view.search[`${list}Sort`]);
  const setSort = (next: BoardSort) => view.step({ [`${list}Sort`]: orderOf(next) });
  const money: MoneyMetric = view.search.money === "notional" ? "notional" : "cost";
  const board = useQuery({
    ...query(usageQueries.query, {
      ...view.question,
      group_by: chosen,
      metrics: boardMetrics(money).join(","),
      order: `-${money}`,
      limit: mostRows,
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-14 font-semibold">{title}</h2>
        <span className="ms-auto min-w-0 overflow-x-auto">
          <Segmented
            label={text.usageLists.groupBy}
            value={chosen}
            onChange={(next) => view.step({ [list]: next === usual ? undefined : next })}
            options={groupings.map((value) => ({ value, label: text.usageLists.groupings[value] }))}
          />
        </span>
      </div>
      {board.isPending && <BoardSkeleton />}
      {board.isError && board.data === undefined && (
        <QueryError error={board.error} onRetry={() => void board.refetch()} />
      )}
      {board.data !== undefined && (
        <UntilAnswered reply={board}>
          <BoardTable
            title={title}
            // What is unfolded belongs to one list.
            key={chosen}
            view={view}
            by={(board.data.groupBy[0] ?? chosen) as BoardGrouping}
            rows={board.data.rows}
            totals={board.data.totals}
            {...{ money, sort, setSort }}
          />
        </UntilAnswered>
      )}
    </section>
  );
}

type BoardTableProps = {
  readonly title: string;
  readonly view: UsageView;
  readonly by: BoardGrouping;
  readonly rows: readonly UsageRow[];
  readonly totals: UsageFigures;
  readonly money: MoneyMetric;
  readonly sort: BoardSort;
  readonly setSort: (sort: BoardSort) => void;
};

function BoardTable({ title, view, by, rows, totals, money, sort, setSort }: BoardTableProps) {
  const text = useText();
  const [unfolded, setUnfolded] = useState(false);
  const sorted = sortRows(rows, sort, money);
  const shown = unfolded || sorted.length <= fewRows + 1 ? sorted : sorted.slice(0, fewRows);
  const colours = rowColours(
    rows.map(({ keys }) => keys[0]),
    by,
  );
  const hidden = sorted.length - shown.length;
  const rest =
    hidden > 0
      ? restOfFigures(
          totals,
          shown.map((row) => row.metrics),
        )
      : null;
  if (rows.length === 0) return <p className="text-13 text-faint">{text.usageLists.nothing}</p>;
  return (
    <table aria-label={title} className="w-full table-fixed text-13">
      <BoardHead {...{ by, money, sort, setSort }} />
      <tbody>
        {shown.map((row) => (
          <BoardRow
            key={`${row.keys[0]?.kind} ${row.keys[0]?.value}`}
            {...{ row, by, totals, money, sort }}
            colour={colours.get(row.keys[0]) ?? otherColour}
            onOpen={view.drill}
          />
        ))}
        {(rest !== null || unfolded) && (
          <tr className="[&>td]:h-(--row-dense) [&>td]:border-b [&>td]:border-line">
            <td className="px-2 ps-0">
              <button
                type="button"
                onClick={() => setUnfolded(!unfolded)}
                className="inset-focus text-accent-ink hover:underline"
              >
                {unfolded ? text.usageLists.fewer : text.usageLists.more({ count: hidden })}
              </button>
            </td>
            <FigureCells figures={rest ?? {}} money={money} isEmpty={rest === null} />
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>td]:h-(--row-dense)">
          <td className="px-2 ps-0">{text.usageLists.total}</td>
          <FigureCells figures={totals} money={money} isEmpty={false} />
        </tr>
      </tfoot>
    </table>
  );
}

type FigureCellsProps = {
  readonly figures: UsageFigures;
  readonly money: MoneyMetric;
  readonly isEmpty: boolean;
};

function FigureCells({ figures, money, isEmpty }: FigureCellsProps) {
  return shownColumns.map(({ column, from }) => (
    <td key={column} className={`px-2 text-end last:pe-0 ${from}`}>
      {!isEmpty && <BoardFigure column={column} figures={figures} money={money} />}
    </td>
  ));
}

const skeletonRows = 5;

function BoardSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-3 py-2">
      {Array.from({ length: skeletonRows }, (_, index) => (
        <Skeleton key={index} className="h-4 w-full" />
      ))}
    </div>
  );
}
