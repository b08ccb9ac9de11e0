import { Skeleton } from "../ui/skeleton.tsx";

const gauges = ["tokens", "cost", "lines", "agents"];

/** The page's own layout in grey. */
export function LiveSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6 px-4 py-5">
      <div className="grid grid-cols-4 gap-4 max-desk:grid-cols-2">
        {gauges.map((name) => (
          <Skeleton key={name} className="mx-auto size-28 rounded-full!" />
        ))}
      </div>
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  );
}
