import { Suspense } from "react";
import { classNames } from "./class-names.ts";
import { onDemand } from "./on-demand.tsx";
import { revealHidden } from "./reveal-hidden.ts";

const MarkdownView = onDemand(
  async () => (await import("./markdown-view.tsx")).MarkdownView,
  PlainText,
);
void MarkdownView.preload();

type MarkdownProps = {
  readonly text: string;
  /** 13 px instead of 14. */
  readonly compact?: boolean;
};

/** Untrusted Markdown: sanitised, without remote images, links with their host, hidden characters shown. */
export function Markdown({ text, compact = false }: MarkdownProps) {
  const shown = revealHidden(text);
  return (
    <div className={classNames("prose", compact && "prose-compact")}>
      <Suspense fallback={<PlainText text={shown} />}>
        <MarkdownView text={shown} />
      </Suspense>
    </div>
  );
}

/** What was written, as long as the code that lays it out is not here. */
function PlainText({ text }: { readonly text: string }) {
  return <p className="whitespace-pre-wrap">{text}</p>;
}
