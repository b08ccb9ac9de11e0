import type { ReactNode } from "react";
import { classNames } from "../ui/class-names.ts";

type FilesFrameProps = {
  readonly list: ReactNode;
  /** What of the page is above it. */
  readonly below?: "header" | "tabs";
  readonly children: ReactNode;
};

const heights = {
  header: "tablet:min-h-[calc(100dvh-var(--header))]",
  tabs: "tablet:min-h-[calc(100dvh-var(--header)-36px)]",
} as const;

/** The list of files beside the open one; above it on phones. */
export function FilesFrame({ list, below = "tabs", children }: FilesFrameProps) {
  return (
    <div
      className={classNames(
        "grid min-h-full grid-rows-[auto_1fr] tablet:grid-cols-[240px_minmax(0,1fr)] tablet:grid-rows-1",
        heights[below],
      )}
    >
      <div className="border-line max-tablet:border-b tablet:border-e">{list}</div>
      <div className="flex min-w-0 flex-col">{children}</div>
    </div>
  );
}
