import type { Issue } from "@headcount/contract/issues/schemas";
import { useState } from "react";
import { useText } from "../../i18n/use-text.ts";
import { isComposing } from "../../shell/match-keys.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { useSaveText } from "./use-save-text.ts";

/** The title, edited in place: Enter or leaving saves, Escape takes it back. */
export function IssueTitle({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const [base, setBase] = useState(issue.title);
  const { error, theirs, save, dropConflict } = useSaveText(issue, "title");
  const value = typed ?? issue.title;
  const finish = async () => {
    const next = value.trim();
    if (typed === null || next === "" || next === issue.title) return setTyped(null);
    if (await save(next, base)) setTyped(null);
  };
  return (
    <div>
      <textarea
        rows={1}
        maxLength={500}
        aria-label={text.issues.editTitle}
        value={value}
        onFocus={() => setBase(issue.title)}
        onChange={(event) => setTyped(event.target.value.replaceAll("\n", " "))}
        onBlur={() => void finish()}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Escape") setTyped(null);
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
        className="-mx-2 field-sizing-content w-[calc(100%+16px)] resize-none rounded-control border border-transparent bg-transparent px-2 py-1 text-20 font-semibold tracking-[-0.012em] outline-none transition-colors duration-120 hover:border-line focus:border-strong-line focus:bg-raised"
      />
      {error !== null && (
        <p role="alert" className="text-12 text-failed-ink">
          {error}
        </p>
      )}
      {theirs !== null && (
        <ConflictDialog
          mine={value}
          theirs={theirs}
          onClose={dropConflict}
          onKeepMine={() => void save(value, theirs).then((saved) => saved && setTyped(null))}
          onTakeTheirs={() => {
            dropConflict();
            setTyped(null);
          }}
        />
      )}
    </div>
  );
}
