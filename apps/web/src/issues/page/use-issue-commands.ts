import type { Issue } from "@headcount/contract/issues/schemas";
import { useMemo } from "react";
import { useText } from "../../i18n/use-text.ts";
import { useCommands, type Command } from "../../shell/commands.ts";
import { pick } from "../pick/picker-store.ts";

/** Commands of an open issue: its fields by S, P and A, its latest run by W, its key to the clipboard. */
export function useIssueCommands(issue: Issue, onWatch: (() => void) | null): void {
  const text = useText();
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "issue-status",
        label: text.issues.setStatus,
        group: "issues",
        keys: "s",
        run: () => pick(issue, "status"),
      },
      {
        id: "issue-priority",
        label: text.issues.setPriority,
        group: "issues",
        keys: "p",
        run: () => pick(issue, "priority"),
      },
      {
        id: "issue-assignee",
        label: text.issues.setAssignee,
        group: "issues",
        keys: "a",
        run: () => pick(issue, "assignee"),
      },
      ...(onWatch === null
        ? []
        : [
            {
              id: "issue-watch",
              label: text.issues.watchRun,
              group: "issues",
              keys: "w",
              run: onWatch,
            } as const,
          ]),
      {
        id: "issue-copy-key",
        label: text.issues.copyKey,
        group: "issues",
        run: () => void navigator.clipboard.writeText(issue.key),
      },
    ],
    [text, issue, onWatch],
  );
  useCommands(commands);
}
