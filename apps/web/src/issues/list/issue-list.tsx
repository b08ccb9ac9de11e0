import type { IssueSummary } from "@headcount/contract/issues/schemas";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useMemo, useRef } from "react";
import { useText } from "../../i18n/use-text.ts";
import { LiveStrip } from "../../tasks/live-strip.tsx";
import { Avatar, NoAvatar } from "../../ui/avatar.tsx";
import { CategoryIcon, statusCategories } from "../../ui/category-icon.tsx";
import { Money } from "../../ui/money.tsx";
import { PriorityIcon } from "../../ui/priority-icon.tsx";
import { Time } from "../../ui/time.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import type { BoardColumn, BoardData } from "../board/board-data.ts";
import { columnStore } from "../board/column-store.ts";
import { useLoadColumn, type BoardInput } from "../board/use-board.ts";
import { useListKeys } from "./use-list-keys.ts";

type IssueListProps = { readonly board: BoardData; readonly input: BoardInput };

type Row =
  | { readonly kind: "group"; readonly column: BoardColumn }
  | { readonly kind: "issue"; readonly issue: IssueSummary }
  | { readonly kind: "more"; readonly column: BoardColumn };

const rowPx = 36;

/** The board's columns under one another, one row an issue. */
export function IssueList({ board, input }: IssueListProps) {
  const { slug } = useWorkspace();
  const hidden = columnStore((state) => state.hidden);
  const loadColumn = useLoadColumn(input);
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(board, hidden), [board, hidden]);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => keyOf(rows[index], index),
    overscan: 12,
  });
  const onKeyDown = useListKeys(
    rows.map((row) => (row.kind === "issue" ? row.issue : null)),
    (index) => virtualizer.scrollToIndex(index),
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the focused row bubble up to here
    <div ref={scroll} onKeyDown={onKeyDown} className="min-h-0 grow overflow-y-auto">
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {row.kind === "group" && <GroupRow column={row.column} />}
              {row.kind === "issue" && (
                <IssueRow issue={row.issue} slug={slug} index={item.index} />
              )}
              {row.kind === "more" && <MoreRow column={row.column} load={loadColumn} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function rowsOf(board: BoardData, hidden: ReadonlySet<string>): readonly Row[] {
  return statusCategories.flatMap((status): readonly Row[] => {
    const column = board.columns.find((candidate) => candidate.status === status);
    if (column === undefined || column.count === 0 || hidden.has(status)) return [];
    const issues = column.items.map((issue): Row => ({ kind: "issue", issue }));
    const more: readonly Row[] = column.nextCursor === null ? [] : [{ kind: "more", column }];
    return [{ kind: "group", column }, ...issues, ...more];
  });
}

function keyOf(row: Row | undefined, index: number): string | number {
  if (row === undefined) return index;
  return row.kind === "issue" ? row.issue.id : `${row.kind}-${row.column.status}`;
}

function GroupRow({ column }: { readonly column: BoardColumn }) {
  const text = useText();
  return (
    <h2 className="flex h-9 items-center gap-2 border-b border-line bg-sunken px-4 text-13 font-medium">
      <CategoryIcon category={column.status} decorative />
      {text.states.category[column.status]}
      <span className="figures text-12 font-normal text-faint">{column.count}</span>
      {column.costUsd !== null && (
        <Money usd={column.costUsd} className="ms-auto text-12 font-normal text-muted" />
      )}
    </h2>
  );
}

type IssueRowProps = {
  readonly issue: IssueSummary;
  readonly slug: string;
  readonly index: number;
};

const IssueRow = memo(function IssueRow({ issue, slug, index }: IssueRowProps) {
  return (
    <Link
      to="/$slug/issues/$issueKey"
      params={{ slug, issueKey: issue.key }}
      preload={false}
      data-row={index}
      className="inset-focus flex min-h-9 items-center gap-2.5 border-b border-line px-4 hover:bg-hover focus-visible:bg-hover pointer-coarse:min-h-11"
    >
      <PriorityIcon priority={issue.priority} />
      <span className="figures w-16 shrink-0 truncate text-12 text-faint max-tablet:hidden">
        {issue.key}
      </span>
      <CategoryIcon category={issue.status} />
      <span className="min-w-0 shrink truncate font-medium">{issue.title}</span>
      {issue.liveTask !== null && (
        <LiveStrip task={issue.liveTask} className="shrink-[2] max-tablet:hidden" />
      )}
      <span className="ms-auto flex shrink-0 items-center gap-3 text-12 text-muted">
        {issue.costUsd !== null && <Money usd={issue.costUsd} />}
        <Time at={issue.lastActivityAt} className="w-20 text-end text-faint max-desk:hidden" />
        {issue.assignee === null ? (
          <NoAvatar size={18} />
        ) : (
          <Avatar actor={issue.assignee} size={18} />
        )}
      </span>
    </Link>
  );
});

type MoreRowProps = {
  readonly column: BoardColumn;
  readonly load: (status: BoardColumn["status"]) => Promise<void>;
};

/** Loads the rest of a group as soon as its end comes into view, and again when asked. */
function MoreRow({ column, load }: MoreRowProps) {
  const text = useText();
  const { status } = column;
  const loaded = column.items.length;
  useEffect(() => {
    load(status).catch(() => undefined);
  }, [load, status, loaded]);
  return (
    <button
      type="button"
      className="inset-focus h-9 w-full border-b border-line px-4 text-start text-12 text-muted hover:bg-hover"
      onClick={() => void load(status).catch(() => undefined)}
    >
      {text.common.loadMore}
    </button>
  );
}
