import type { IssueSummary } from "@headcount/contract/issues/schemas";
import { MoveRight } from "lucide-react";
import { useText } from "../../i18n/use-text.ts";
import { pick } from "../pick/picker-store.ts";

/** Fingers cannot drag a native card, so they get a button instead. */
export const hasCoarsePointer: boolean = matchMedia("(pointer: coarse)").matches;

/** "Move to…" on a card. */
export function MoveButton({ issue }: { readonly issue: IssueSummary }) {
  const text = useText();
  return (
    <button
      type="button"
      aria-label={`${issue.key}: ${text.issues.moveTo}`}
      onClick={() => pick(issue, "status")}
      className="absolute end-0.5 top-0.5 grid size-9 place-items-center rounded-card text-faint"
    >
      <MoveRight size={14} />
    </button>
  );
}
