import { type ReactNode, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { Markdown } from "../ui/markdown.tsx";
import { revealHidden } from "../ui/reveal-hidden.ts";
import { Segmented } from "../ui/segmented.tsx";

type FileTextProps = {
  readonly path: string;
  readonly content: string;
  /** Beside the choice of the view. */
  readonly actions?: ReactNode;
};

/** A text file: Markdown as a document or as it is written, anything else as it is. */
export function FileText({ path, content, actions }: FileTextProps) {
  const text = useText();
  const isMarkdown = /\.(md|markdown)$/i.test(path);
  const [view, setView] = useState<"rendered" | "plain">("rendered");
  const isRendered = isMarkdown && view === "rendered";
  return (
    <>
      <FileBar path={path}>
        {isMarkdown && (
          <Segmented
            label={path}
            value={view}
            options={[
              { value: "rendered", label: text.skills.rendered },
              { value: "plain", label: text.skills.plain },
            ]}
            onChange={setView}
          />
        )}
        {actions}
      </FileBar>
      <div className="min-w-0 grow px-4 py-4 tablet:px-6">
        {content.trim() === "" && <p className="text-13 text-faint">{text.skills.emptyFile}</p>}
        {isRendered ? (
          <div className="max-w-(--measure)">
            <Markdown text={content} />
          </div>
        ) : (
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways
            tabIndex={0}
            aria-label={path}
            className="overflow-x-auto font-mono text-12 leading-relaxed"
          >
            {revealHidden(content)}
          </pre>
        )}
      </div>
    </>
  );
}

type FileBarProps = { readonly path: string; readonly children?: ReactNode };

/** Name of the open file and what can be done with it. */
export function FileBar({ path, children }: FileBarProps) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-4 py-1.5 tablet:px-6">
      <span className="min-w-0 grow truncate font-mono text-12 text-muted">{path}</span>
      {children}
    </div>
  );
}
