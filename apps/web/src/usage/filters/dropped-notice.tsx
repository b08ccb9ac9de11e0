import { useText } from "../../i18n/use-text.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../notice.tsx";
import { usageFilterNames } from "../usage-search.ts";
import type { CheckedFilters } from "./check-filters.ts";

type DroppedNoticeProps = {
  readonly dropped: CheckedFilters["dropped"];
  readonly onDismiss: () => void;
};

/** Tells which filters of the address were left out, because what they name does not exist any more. */
export function DroppedNotice({ dropped, onDismiss }: DroppedNoticeProps) {
  const text = useText();
  const format = useFormat();
  if (dropped.length === 0) return null;
  const words = text.usage.dashboard;
  const named = usageFilterNames.flatMap((name) => {
    const values = dropped.filter((one) => one.name === name).map(({ value }) => value);
    if (values.length === 0) return [];
    // A model is named by itself; all else by an id that tells nobody anything.
    if (name === "model") return values;
    return [words.droppedOf[name]({ count: values.length })];
  });
  return (
    <Notice
      title={words.droppedTitle({ count: dropped.length })}
      hint={words.droppedHint({ what: format.list(named) })}
      action={
        <Button variant="quiet" size="small" onClick={onDismiss}>
          {text.shell.dismiss}
        </Button>
      }
    />
  );
}
