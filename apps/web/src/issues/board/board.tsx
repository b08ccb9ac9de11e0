import { IssueStatus } from "@headcount/contract/issues/schemas";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { statusCategories } from "../../ui/category-icon.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import type { BoardData } from "./board-data.ts";
import { columnStore } from "./column-store.ts";
import { Column } from "./column.tsx";
import { dragAdapterStore, loadDragAdapter } from "./drag-adapter.ts";
import { dragStore, releaseBoard } from "./drag-store.ts";
import { useBoardKeys, type ScrollToCard } from "./use-board-keys.ts";
import { useLoadColumn, type BoardInput } from "./use-board.ts";
import { useMoveIssue } from "./use-move-issue.ts";

type BoardProps = { readonly board: BoardData; readonly input: BoardInput };

/** Columns side by side; cards move by pointer, by Shift and arrow keys, or by "Move to…". */
export function Board({ board, input }: BoardProps) {
  const workspace = useWorkspace();
  const hidden = columnStore((state) => state.hidden);
  const loadColumn = useLoadColumn(input);
  const move = useMoveIssue(workspace.id, input);
  const lastOver = useLastOver();
  const [scrollers] = useState(() => new Map<number, ScrollToCard>());
  const columns = useMemo(
    () =>
      statusCategories.flatMap((status) => {
        const column = board.columns.find((candidate) => candidate.status === status);
        return column === undefined || hidden.has(status) ? [] : [column];
      }),
    [board, hidden],
  );
  const onKeyDown = useBoardKeys({ columns, scrollers, move });
  const needMore = useCallback(
    (status: IssueStatus) => void loadColumn(status).catch(() => undefined),
    [loadColumn],
  );
  const adapter = dragAdapterStore((state) => state.adapter);
  useEffect(() => {
    // Without the library cards still move by keys and "Move to…".
    loadDragAdapter().catch(() => undefined);
  }, []);
  useEffect(
    () =>
      adapter?.monitorForElements({
        canMonitor: ({ source }) => source.data["type"] === "issue",
        onDrop: ({ source, location }) => {
          const target = location.current.dropTargets[0];
          const status = IssueStatus.safeParse(target?.data["status"]);
          const over = lastOver.current;
          if (!status.success || over === null || over.status !== status.data) {
            releaseBoard();
            return;
          }
          void move(String(source.data["issueId"]), over.status, over.index);
        },
      }),
    [adapter, move, lastOver],
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the focused card bubble up to here
    <div
      onKeyDown={onKeyDown}
      className="flex min-h-0 grow gap-3 overflow-x-auto px-3 pt-1 max-tablet:snap-x max-tablet:snap-mandatory max-tablet:scroll-px-3"
    >
      {columns.map((column, position) => (
        <Column
          key={column.status}
          column={column}
          position={position}
          slug={workspace.slug}
          onNeedMore={needMore}
          scrollers={scrollers}
        />
      ))}
    </div>
  );
}

/** The last place under the pointer; the card's own drop handler may clear the store before the board's. */
function useLastOver() {
  const last = useRef(dragStore.getState().over);
  useEffect(
    () =>
      dragStore.subscribe((state) => {
        if (state.over !== null || state.dragged !== null) last.current = state.over;
      }),
    [],
  );
  return last;
}
