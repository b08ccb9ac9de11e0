import type { ReactNode } from "react";

type PanelSectionProps = {
  readonly title: string;
  readonly count?: number | undefined;
  readonly children: ReactNode;
};

/** A topic beside the text of an issue. */
export function PanelSection({ title, count, children }: PanelSectionProps) {
  return (
    <section
      aria-label={title}
      className="flex flex-col gap-2 border-b border-line px-4 py-3 last:border-b-0"
    >
      <h2 className="flex items-baseline gap-1.5 text-12 font-medium text-muted">
        {title}
        {count !== undefined && count > 0 && <span className="figures text-faint">{count}</span>}
      </h2>
      {children}
    </section>
  );
}
