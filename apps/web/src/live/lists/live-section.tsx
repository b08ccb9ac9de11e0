import type { ReactNode } from "react";

type LiveSectionProps = {
  readonly title: string;
  readonly count?: number;
  /** Said in the place of rows, where there is none. */
  readonly empty: string;
  readonly isEmpty: boolean;
  readonly children: ReactNode;
};

/** A list of the page with its name and number, or one sentence where it has no rows. */
export function LiveSection({ title, count, empty, isEmpty, children }: LiveSectionProps) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col">
      <h2 className="flex items-baseline gap-2 pb-1 text-14 font-semibold">
        {title}
        {count !== undefined && (
          <span className="figures text-12 font-normal text-faint">{count}</span>
        )}
      </h2>
      {isEmpty ? <p className="border-t border-line py-2 text-muted">{empty}</p> : children}
    </section>
  );
}
