import { useText } from "../../i18n/use-text.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { menuRowLook } from "../../ui/menu.tsx";
import type { PickedMention } from "./mention-text.ts";

type MentionListProps = {
  readonly choices: readonly PickedMention[];
  readonly highlighted: number;
  readonly onPick: (mention: PickedMention) => void;
};

/** Whom the `@` that is being typed could mean. */
export function MentionList({ choices, highlighted, onPick }: MentionListProps) {
  const text = useText();
  return (
    <ul
      aria-label={text.issues.mentionList}
      className="motion-float absolute bottom-full left-2 z-30 mb-1 w-60 rounded-card bg-raised p-1 shadow-float"
    >
      {choices.map((choice, index) => (
        <li key={choice.id}>
          <button
            type="button"
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
        </li>
      ))}
    </ul>
  );
}
