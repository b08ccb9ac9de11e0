import type { ReactNode } from "react";
import { StateGlyph } from "../ui/state-glyph.tsx";

type NoticeProps = {
  /** A whole sentence. */
  readonly title: string;
  readonly hint: string;
  readonly action?: ReactNode;
};

/** Something to know about the figures of the page, with what to do about it. */
export function Notice({ title, hint, action }: NoticeProps) {
  return (
    <div
      role="status"
      className="flex min-h-10.5 flex-wrap items-start gap-x-2.5 gap-y-1 rounded-card border border-line px-3 py-2"
    >
      <StateGlyph state="waiting" decorative className="mt-0.5 shrink-0" />
      <p className="min-w-0 flex-1 basis-60">
        <span className="font-medium">{title}</span> <span className="text-muted">{hint}</span>
      </p>
      {action}
    </div>
  );
}
