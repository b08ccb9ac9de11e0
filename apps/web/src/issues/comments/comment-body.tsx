import { useLayoutEffect, useRef, useState } from "react";
import { useText } from "../../i18n/use-text.ts";
import { Markdown } from "../../ui/markdown.tsx";

const foldedPx = 12 * 22;
const worthFoldingPx = 3 * 22;

/** A comment's text; more than twelve lines fold, with the rest one press away. */
export function CommentBody({ body, folds }: { readonly body: string; readonly folds: boolean }) {
  const text = useText();
  const content = useRef<HTMLDivElement>(null);
  const [long, setLong] = useState(false);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    const element = content.current;
    if (element === null || !folds) return;
    const observer = new ResizeObserver(() =>
      setLong(element.offsetHeight > foldedPx + worthFoldingPx),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [folds]);
  const folded = long && !open;
  return (
    <div>
      <div
        className={folded ? "overflow-hidden mask-b-from-80%" : undefined}
        style={folded ? { maxHeight: foldedPx } : undefined}
      >
        <div ref={content}>
          <Markdown text={body} compact />
        </div>
      </div>
      {long && (
        <button
          type="button"
          aria-expanded={open}
          className="mt-1 min-h-6 text-12 font-medium text-accent-ink hover:underline"
          onClick={() => setOpen(!open)}
        >
          {open ? text.issues.foldAgain : text.issues.showWhole}
        </button>
      )}
    </div>
  );
}
