import type { LineChanges } from "@headcount/contract/tasks/line-changes";

/** `+12 −3 in 2 files`. */
export function formatChanges({ linesAdded, linesDeleted, filesChanged }: LineChanges): string {
  const files = filesChanged === 1 ? "1 file" : `${filesChanged} files`;
  return `+${linesAdded} −${linesDeleted} in ${files}`;
}
