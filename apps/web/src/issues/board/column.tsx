import { EyeOff, Plus } from "lucide-react";
import { memo, Suspense, useRef } from "react";
import { useText } from "../../i18n/use-text.ts";
import { CategoryIcon } from "../../ui/category-icon.tsx";
import { lazyPart } from "../../ui/lazy-part.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Money } from "../../ui/money.tsx";
import { openCreateDialog } from "../create/create-dialog-store.ts";
import type { BoardColumn } from "./board-data.ts";
import { Card } from "./card.tsx";
import { columnStore, hideColumn } from "./column-store.ts";
import { dragStore } from "./drag-store.ts";
import type { ScrollToCard } from "./use-board-keys.ts";

type ColumnProps = {
  readonly column: BoardColumn;
  readonly position: number;
  readonly slug: string;
  readonly onNeedMore: (status: BoardColumn["status"]) => void;
  readonly scrollers: Map<number, ScrollToCard>;
};

// Asked for together with the cards, which need not wait for it.
const CardList = lazyPart(async () => (await import("./card-list.tsx")).CardList);
void CardList.preload();

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
        <Suspense fallback={<FirstCards column={column} position={position} slug={slug} />}>
          <CardList {...{ column, position, slug, onNeedMore, scrollers, scroll }} />
        </Suspense>
      </div>
    </section>
  );
});

function EmptyColumn({ status }: { readonly status: BoardColumn["status"] }) {
  const text = useText();
  const target = dragStore((state) => state.over?.status === status);
  return (
    <p className="pointer-events-none absolute inset-x-1 top-0.5 grid h-16 place-items-center rounded-card border border-dashed border-line text-12 text-faint">
      {target ? text.issues.dropHere : text.issues.columnEmpty}
    </p>
  );
}

/** About as many as a tall screen shows. */
const firstCards = 12;

type FirstCardsProps = Pick<ColumnProps, "column" | "position" | "slug">;

/** The top of the column until the list has arrived that can hold all of it. */
function FirstCards({ column, position, slug }: FirstCardsProps) {
  return (
    <div className="flex flex-col gap-2">
      {column.items.slice(0, firstCards).map((issue, index) => (
        <Card key={issue.id} issue={issue} slug={slug} column={position} index={index} />
      ))}
    </div>
  );
}
