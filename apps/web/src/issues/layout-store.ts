import { create } from "zustand";

export type IssueLayout = "board" | "list";

const storageKey = "headcount.issue-layout";

/** The layout this person chose last; an address may name another one. */
export const layoutStore = create<{ readonly layout: IssueLayout }>(() => ({
  layout: localStorage.getItem(storageKey) === "list" ? "list" : "board",
}));

export function chooseLayout(layout: IssueLayout): void {
  localStorage.setItem(storageKey, layout);
  layoutStore.setState({ layout });
}
