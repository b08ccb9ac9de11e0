import type { ReactNode } from "react";

type FilesFrameProps = { readonly list: ReactNode; readonly children: ReactNode };

/** The list of files beside the open one; above it on phones. */
export function FilesFrame({ list, children }: FilesFrameProps) {
  return (
    <div className="grid min-h-full grid-rows-[auto_1fr] tablet:grid-cols-[240px_minmax(0,1fr)] tablet:grid-rows-1">
      <div className="border-line max-tablet:border-b tablet:border-e">{list}</div>
      <div className="flex min-w-0 flex-col">{children}</div>
    </div>
  );
}
