import { create } from "zustand";

const storageKey = "headcount.board-costs";

/** Whether this person wants to see what columns and cards have cost. */
export const costStore = create<{ readonly isShown: boolean }>(() => ({
  isShown: localStorage.getItem(storageKey) !== "hidden",
}));

export function toggleCosts(): void {
  const isShown = !costStore.getState().isShown;
  localStorage.setItem(storageKey, isShown ? "shown" : "hidden");
  costStore.setState({ isShown });
}
