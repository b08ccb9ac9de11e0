import { Skeleton } from "../../ui/skeleton.tsx";
import type { IssueLayout } from "../layout-store.ts";

const columnCards = [4, 3, 5, 2, 3] as const;
const listRows = 14;

/** The board or list before its issues arrive. */
export function BoardSkeleton({ layout }: { readonly layout: IssueLayout }) {
  if (layout === "list") {
    return (
      <div aria-hidden="true" className="flex flex-col">
        {Array.from({ length: listRows }, (_, index) => (
          <div key={index} className="flex h-9 items-center gap-3 border-b border-line px-4">
            <Skeleton className="w-16" />
            <Skeleton className="w-72" />
          </div>
        ))}
      </div>
    );
  }
  return (
    <div aria-hidden="true" className="flex min-h-0 grow gap-3 overflow-hidden px-3 pt-1">
      {columnCards.map((cards, column) => (
        <div key={column} className="flex w-72 shrink-0 flex-col gap-2 px-1">
          <div className="flex h-9 items-center px-1">
            <Skeleton className="w-24" />
          </div>
          {Array.from({ length: cards }, (_, card) => (
            <div
              key={card}
              className="appears-late flex h-21 flex-col gap-2 rounded-card border border-line bg-raised p-3"
            >
              <Skeleton className="w-14" />
              <Skeleton className="w-full" />
              <Skeleton className="w-2/3" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
