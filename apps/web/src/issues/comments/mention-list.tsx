import { useText } from "../../i18n/use-text.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { menuRowLook } from "../../ui/menu.tsx";
import type { PickedMention } from "./mention-text.ts";

type MentionListProps = {
  /** Names the options for the field that keeps the focus: see mentionOptionId. */
  readonly listId: string;
  readonly choices: readonly PickedMention[];
  readonly highlighted: number;
  readonly onPick: (mention: PickedMention) => void;
};

/** The id of the option at an index, for the field's `aria-activedescendant`. */
export function mentionOptionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** Whom the `@` that is being typed could mean. */
export function MentionList({ listId, choices, highlighted, onPick }: MentionListProps) {
  const text = useText();
  return (
    <div
      id={listId}
      role="listbox"
      aria-label={text.issues.mentionList}
      className="motion-float absolute bottom-full left-2 z-30 mb-1 w-60 rounded-card bg-raised p-1 shadow-float"
    >
      {choices.map((choice, index) => (
        <button
          key={choice.id}
          type="button"
          id={mentionOptionId(listId, index)}
          role="option"
          aria-selected={index === highlighted}
          tabIndex={-1}
          data-selected={index === highlighted}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(choice)}
          className={`${menuRowLook} w-full text-start hover:bg-hover`}
        >
          <Avatar actor={choice} size={18} decorative />
          <span className="truncate">{choice.name}</span>
        </button>
      ))}
    </div>
  );
}
