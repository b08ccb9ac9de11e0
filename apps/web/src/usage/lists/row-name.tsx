import type { UsageKey } from "@headcount/contract/usage/query-schemas";
import type { UsageDimension } from "@headcount/contract/usage/query-words";
import { useText } from "../../i18n/use-text.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { rowLabel } from "./row-label.ts";

type RowNameProps = {
  readonly by: UsageDimension;
  readonly keyOf: UsageKey;
  /** The colour that the row has in charts. */
  readonly colour: string;
};

/** Whose row it is: square for an agent, round for a person, the colour of a model. */
export function RowName({ by, keyOf, colour }: RowNameProps) {
  const text = useText();
  const label = rowLabel(keyOf, by, text);
  const isNamed = keyOf.kind === "value" || keyOf.kind === "deleted";
  return (
    <span className="flex min-w-0 items-center gap-2">
      {isNamed && <Mark by={by} keyOf={keyOf} colour={colour} />}
      <span title={label} className={isNamed ? "truncate" : "truncate text-muted"}>
        {label}
      </span>
      {keyOf.kind === "deleted" && (
        <span className="shrink-0 text-12 text-faint">{text.usageLists.deleted}</span>
      )}
    </span>
  );
}

function Mark({ by, keyOf, colour }: RowNameProps) {
  if ((by === "agent" || by === "member") && keyOf.value !== null) {
    return <Avatar actor={{ type: by, id: keyOf.value, name: keyOf.label }} size={18} decorative />;
  }
  if (by !== "model") return null;
  return (
    <span
      aria-hidden="true"
      className="size-2 shrink-0 rounded-[2px]"
      style={{ background: colour }}
    />
  );
}
