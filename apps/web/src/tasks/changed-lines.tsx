import type { LineChanges } from "@headcount/contract/tasks/line-changes";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";

/** What a run changed: +12 −3 in 2 files. */
export function ChangedLines({ changes }: { readonly changes: LineChanges }) {
  const text = useText();
  const format = useFormat();
  return (
    <span className="figures whitespace-nowrap">
      {text.runs.lineChanges({
        added: format.number(changes.linesAdded),
        deleted: format.number(changes.linesDeleted),
        files: changes.filesChanged,
      })}
    </span>
  );
}
