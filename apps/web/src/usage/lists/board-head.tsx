import { ArrowDown, ArrowUp } from "lucide-react";
import { useText } from "../../i18n/use-text.ts";
import type { BoardColumn, BoardGrouping, BoardSort, MoneyMetric } from "./board-columns.ts";
import { shownColumns } from "./shown-columns.ts";

type BoardHeadProps = {
  readonly by: BoardGrouping;
  readonly money: MoneyMetric;
  readonly sort: BoardSort;
  readonly setSort: (sort: BoardSort) => void;
};

/** Headings that sort: the first press puts the largest first, the next turns it around. */
export function BoardHead({ by, money, sort, setSort }: BoardHeadProps) {
  const text = useText();
  const { usageLists } = text;
  const labels: Readonly<Record<BoardColumn, string>> = {
    cost: usageLists[money],
    tokens: usageLists.tokens,
    time: usageLists.time,
    tasks: usageLists.tasks,
    success: usageLists.success,
    perTask: usageLists.perTask,
  };
  const hints: Partial<Record<BoardColumn, string>> = {
    tasks: usageLists.tasksHint,
    success: usageLists.successHint,
    perTask: usageLists.perTaskHint,
  };
  return (
    <thead>
      <tr className="text-12 text-faint [&>th]:h-7 [&>th]:border-b [&>th]:border-line [&>th]:font-medium">
        <th scope="col" className="text-start">
          <span className="sr-only">{usageLists.groupings[by]}</span>
        </th>
        {shownColumns.map(({ column, width, from }) => {
          const isSorted = sort.column === column;
          const Arrow = sort.direction === "down" ? ArrowDown : ArrowUp;
          return (
            <th
              key={column}
              scope="col"
              style={{ width }}
              aria-sort={ariaSort(isSorted, sort.direction)}
              className={`px-2 text-end last:pe-0 ${from}`}
            >
              <button
                type="button"
                title={hints[column] ?? usageLists.sortBy({ column: labels[column] })}
                onClick={() =>
                  setSort({
                    column,
                    direction: isSorted && sort.direction === "down" ? "up" : "down",
                  })
                }
                className={`inset-focus inline-flex max-w-full items-center gap-0.5 hover:text-ink ${isSorted ? "text-ink" : ""}`}
              >
                {isSorted && <Arrow size={12} className="shrink-0" aria-hidden="true" />}
                <span className="truncate">{labels[column]}</span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function ariaSort(isSorted: boolean, direction: BoardSort["direction"]) {
  if (!isSorted) return "none";
  return direction === "down" ? "descending" : "ascending";
}
