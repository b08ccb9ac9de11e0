import { useEffect } from "react";
import { create } from "zustand";
import type { ComponentType } from "react";

/** Where a command stands in the palette and in the shortcut list. */
export type CommandGroup = "general" | "navigation" | "issues" | "view";

/**
 * Something a person can do, from the palette, by its keys, or both. Everything a button does is one.
 */
export type Command = {
  /** Unique among the mounted commands; a later one with the same id replaces an earlier one. */
  readonly id: string;
  readonly label: string;
  readonly group: CommandGroup;
  /** A single character, or `mod+`, `shift+`, `alt+` before one: "c", "mod+k", "mod+shift+o", "?". */
  readonly keys?: string;
  readonly icon?: ComponentType;
  readonly keywords?: readonly string[];
  /** Reached by keys only, e.g. moving a selection. */
  readonly hidden?: boolean;
  /** Its keys are handled where the focus is; here they are only listed. */
  readonly listedOnly?: boolean;
  readonly run: () => void;
};

type CommandStore = { readonly lists: ReadonlyMap<symbol, readonly Command[]> };

const store = create<CommandStore>(() => ({ lists: new Map() }));

/** Offers commands while the calling component is mounted. Memoise the list. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const owner = Symbol("commands");
    store.setState((state) => ({ lists: new Map(state.lists).set(owner, commands) }));
    return () =>
      store.setState((state) => {
        const lists = new Map(state.lists);
        lists.delete(owner);
        return { lists };
      });
  }, [commands]);
}

/** Every command on offer now, the innermost page's version of an id winning. */
export function offeredCommands(): readonly Command[] {
  return merge(store.getState().lists);
}

/** The same, renewed as pages come and go. */
export function useOfferedCommands(): readonly Command[] {
  return merge(store((state) => state.lists));
}

function merge(lists: ReadonlyMap<symbol, readonly Command[]>): readonly Command[] {
  const byId = new Map<string, Command>();
  for (const command of [...lists.values()].flat()) byId.set(command.id, command);
  return [...byId.values()];
}
