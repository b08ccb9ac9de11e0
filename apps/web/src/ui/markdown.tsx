import { Suspense } from "react";
import { patientImport } from "../data/patient-import.ts";
import { classNames } from "./class-names.ts";
import { lazyPart } from "./lazy-part.ts";
import { revealHidden } from "./reveal-hidden.ts";

const loading = patientImport(() => import("./markdown-view.tsx"));
const MarkdownView = lazyPart(async () => (await loading).MarkdownView);

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
      <Suspense fallback={<p className="whitespace-pre-wrap">{shown}</p>}>
        <MarkdownView text={shown} />
      </Suspense>
    </div>
  );
}
