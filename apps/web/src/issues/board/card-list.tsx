import { useVirtualizer, defaultRangeExtractor, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, type RefObject } from "react";
import { regainFocus } from "../../ui/focus-memory.ts";
import { autoScrollZone } from "./auto-scroll.ts";
import type { BoardColumn } from "./board-data.ts";
import { Card } from "./card.tsx";
import { dragAdapterStore } from "./drag-adapter.ts";
import { dragOver, dragStore } from "./drag-store.ts";
import { hasCoarsePointer, MoveButton } from "./move-button.tsx";
import type { ScrollToCard } from "./use-board-keys.ts";

export type CardListProps = {
  readonly column: BoardColumn;
  readonly position: number;
  readonly slug: string;
  readonly onNeedMore: (status: BoardColumn["status"]) => void;
  readonly scrollers: Map<number, ScrollToCard>;
  /** What the cards scroll in. */
  readonly scroll: RefObject<HTMLDivElement | null>;
};

const estimatedCardPx = 92;
const gapPx = 8;
const loadAheadCards = 15;

/** The cards of a column, of which only those near the screen are in the page, and where they drop. */
export function CardList({ column, position, slug, onNeedMore, scrollers, scroll }: CardListProps) {
  const { status, items } = column;
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
  const isDrawn = rows.length > 0;
  useEffect(() => {
    // These cards take the place of the first ones, one of which may have had the focus.
    if (isDrawn) regainFocus();
  }, [isDrawn]);

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
  }, [adapter, status, items.length, virtualizer, scroll]);

  return (
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
  );
}

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
