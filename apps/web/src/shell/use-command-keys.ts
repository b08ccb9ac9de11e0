import { useEffect } from "react";
import { offeredCommands } from "./commands.ts";
import { matchesKeys, worksWhileTyping } from "./match-keys.ts";

/** Runs the offered command whose keys are pressed; once, in the shell. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const typing = isTyping(event.target);
      const floating = hasFloatingLayer();
      const command = offeredCommands().find(
        ({ keys, listedOnly }) =>
          keys !== undefined &&
          listedOnly !== true &&
          matchesKeys(event, keys) &&
          (worksWhileTyping(keys) || (!typing && !floating)),
      );
      if (command === undefined) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** What letters are typed into; a radio button or a checkbox takes none. */
const textInputs =
  "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]:not([contenteditable='false'])";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(textInputs) !== null;
}

/** An open dialog, menu or list owns single keys: they search or choose in it. */
function hasFloatingLayer(): boolean {
  return (
    document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !==
    null
  );
}
