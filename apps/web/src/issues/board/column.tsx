import { autoScrollZone } from "./auto-scroll.ts";
import { useVirtualizer, defaultRangeExtractor, type Range } from "@tanstack/react-virtual";
import { EyeOff, Plus } from "lucide-react";
import { memo, useCallback, useEffect, useRef } from "react";
import { useText } from "../../i18n/use-text.ts";
import { CategoryIcon } from "../../ui/category-icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Money } from "../../ui/money.tsx";
import { openCreateDialog } from "../create/create-dialog-store.ts";
import type { BoardColumn } from "./board-data.ts";
import { Card } from "./card.tsx";
import { columnStore, hideColumn } from "./column-store.ts";
import { dragAdapterStore } from "./drag-adapter.ts";
import { dragOver, dragStore } from "./drag-store.ts";
import { hasCoarsePointer, MoveButton } from "./move-button.tsx";
import type { ScrollToCard } from "./use-board-keys.ts";

type ColumnProps = {
  readonly column: BoardColumn;
  readonly position: number;
  readonly slug: string;
  readonly onNeedMore: (status: BoardColumn["status"]) => void;
  readonly scrollers: Map<number, ScrollToCard>;
};

const estimatedCardPx = 92;
const gapPx = 8;
const loadAheadCards = 15;

/** One category of the board: its count, its spend, and a virtual list of cards. */
export const Column = memo(function Column({
  column,
  position,
  slug,
  onNeedMore,
  scrollers,
}: ColumnProps) {
  const text = useText();
  const costs = columnStore((state) => state.costs);
  const { status, items } = column;
  const name = text.states.category[status];
  const scroll = useRef<HTMLDivElement>(null);
  const keepDragged = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      // The element under a native drag must stay in the page, or the browser never ends the drag.
      const dragged = dragStore.getState().dragged?.id;
      const index = dragged === undefined ? -1 : items.findIndex((item) => item.id === dragged);
      if (index === -1 || shown.includes(index)) return shown;
      return [...shown, index].toSorted((left, right) => left - right);
    },
    [items],
  );
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => estimatedCardPx,
    getItemKey: (index) => items[index]?.id ?? index,
    gap: gapPx,
    overscan: 6,
    rangeExtractor: keepDragged,
  });
  const rows = virtualizer.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;
  const needsMore = column.nextCursor !== null && lastRow >= items.length - loadAheadCards;

  useEffect(() => {
    if (needsMore) onNeedMore(status);
  }, [needsMore, onNeedMore, status, items.length]);

  useEffect(() => {
    scrollers.set(position, (index) => virtualizer.scrollToIndex(index));
    return () => {
      scrollers.delete(position);
    };
  }, [scrollers, position, virtualizer]);

  const adapter = dragAdapterStore((state) => state.adapter);
  useEffect(() => {
    const element = scroll.current;
    if (element === null || adapter === null) return;
    const stopScrolling = autoScrollZone(element, adapter.monitorForElements);
    const showPlace = (clientY: number): void => {
      const place = clientY - element.getBoundingClientRect().top + element.scrollTop;
      const below = virtualizer.getVirtualItems().find((row) => place < row.start + row.size / 2);
      dragOver({ status, index: below?.index ?? items.length });
    };
    const stopDropping = adapter.dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data["type"] === "issue",
      getData: () => ({ status }),
      // A quick flick may be let go before the first drag event over the column.
      onDragEnter: ({ location }) => showPlace(location.current.input.clientY),
      onDrag: ({ location }) => showPlace(location.current.input.clientY),
      onDragLeave: () => dragOver(null),
    });
    return () => {
      stopScrolling();
      stopDropping();
    };
  }, [adapter, status, items.length, virtualizer]);

  return (
    <section
      aria-label={`${name}, ${text.issues.count({ count: column.count })}`}
      className="flex h-full w-72 shrink-0 snap-start flex-col max-tablet:w-[84vw]"
    >
      <header className="group/head flex h-9 shrink-0 items-center gap-2 px-2">
        <CategoryIcon category={status} decorative />
        <h2 className="truncate text-13 font-medium">{name}</h2>
        <span className="figures text-12 text-faint">{column.count}</span>
        <span className="ms-auto flex items-center gap-1">
          <IconButton
            label={text.issues.hideColumn}
            size="small"
            className="max-tablet:hidden opacity-0 focus-visible:opacity-100 group-hover/head:opacity-100"
            onClick={() => hideColumn(status)}
          >
            <EyeOff size={14} />
          </IconButton>
          {costs && column.costUsd !== null && (
            <Money usd={column.costUsd} className="text-12 text-muted" />
          )}
          <IconButton
            label={text.issues.addTo({ status: name })}
            size="small"
            onClick={() => openCreateDialog({ status })}
          >
            <Plus size={14} />
          </IconButton>
        </span>
      </header>
      <div
        ref={scroll}
        data-scroll={status}
        className="relative min-h-0 grow overflow-y-auto overscroll-y-contain px-1 pb-6 pt-0.5"
      >
        {items.length === 0 && <EmptyColumn status={status} />}
        <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map((row) => {
            const issue = items[row.index];
            if (issue === undefined) return null;
            return (
              <div
                key={row.key}
                ref={virtualizer.measureElement}
                data-index={row.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <Card issue={issue} slug={slug} column={position} index={row.index} />
                {hasCoarsePointer && <MoveButton issue={issue} />}
              </div>
            );
          })}
          <DropLine
            status={status}
            topOf={(index) => {
              const row = rows.find((candidate) => candidate.index === index);
              if (row !== undefined) return row.start - gapPx / 2;
              return (rows.at(-1)?.end ?? 0) + gapPx / 2;
            }}
          />
        </div>
      </div>
    </section>
  );
});

type DropLineProps = {
  readonly status: BoardColumn["status"];
  readonly topOf: (index: number) => number;
};

function DropLine({ status, topOf }: DropLineProps) {
  const index = dragStore((state) => (state.over?.status === status ? state.over.index : null));
  if (index === null) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 z-10 h-0.5 rounded-full bg-accent"
      style={{ top: Math.max(0, topOf(index)) - 1 }}
    />
  );
}

function EmptyColumn({ status }: { readonly status: BoardColumn["status"] }) {
  const text = useText();
  const target = dragStore((state) => state.over?.status === status);
  return (
    <p className="pointer-events-none absolute inset-x-1 top-0.5 grid h-16 place-items-center rounded-card border border-dashed border-line text-12 text-faint">
      {target ? text.issues.dropHere : text.issues.columnEmpty}
    </p>
  );
}
