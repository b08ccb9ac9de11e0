import { Skeleton } from "../ui/skeleton.tsx";

const tiles = [1, 2, 3, 4, 5] as const;

/** The shape of the page while its figures load. */
export function UsageSkeleton() {
  return (
    <div aria-busy="true" className="flex max-w-280 flex-col gap-7 px-4 py-5">
      <div className="grid grid-cols-2 gap-3 tablet:grid-cols-3 desk:grid-cols-5">
        {tiles.map((tile) => (
          <Skeleton key={tile} className="h-24 w-full" />
        ))}
      </div>
      <Skeleton className="h-65 w-full" />
    </div>
  );
}
