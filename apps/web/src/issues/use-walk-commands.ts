import { useMemo } from "react";
import { useText } from "../i18n/use-text.ts";
import { useCommands, type Command } from "../shell/commands.ts";

/**
 * Lists the keys of the focused issue among the shortcuts. The board and the list handle them where
 * an issue has the focus; here, where none has, each of them first gives it to the topmost one.
 */
export function useWalkCommands(): void {
  const text = useText();
  const commands = useMemo((): readonly Command[] => {
    const entry = (id: string, keys: string, label: string): Command => ({
      id,
      keys,
      label,
      group: "issues",
      hidden: true,
      run: focusFirstIssue,
    });
    return [
      entry("walk-next", "j", text.issues.nextIssue),
      entry("walk-previous", "k", text.issues.previousIssue),
      entry("walk-status", "s", text.issues.setStatus),
      entry("walk-priority", "p", text.issues.setPriority),
      entry("walk-assignee", "a", text.issues.setAssignee),
      { ...entry("walk-move-left", "shift+ArrowLeft", text.issues.moveLeft), listedOnly: true },
      { ...entry("walk-move-right", "shift+ArrowRight", text.issues.moveRight), listedOnly: true },
      { ...entry("walk-move-up", "shift+ArrowUp", text.issues.moveUp), listedOnly: true },
      { ...entry("walk-move-down", "shift+ArrowDown", text.issues.moveDown), listedOnly: true },
    ];
  }, [text]);
  useCommands(commands);
}

function focusFirstIssue(): void {
  document.querySelector<HTMLElement>("[data-card], [data-row]")?.focus();
}
