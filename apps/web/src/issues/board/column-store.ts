import type { IssueStatus } from "@headcount/contract/issues/schemas";
import { create } from "zustand";

const storageKey = "headcount.hidden-columns";
const hiddenAtFirst: readonly IssueStatus[] = ["cancelled"];

/** Columns that this person does not want to see. */
export const columnStore = create<{ readonly hidden: ReadonlySet<string> }>(() => ({
  hidden: new Set(stored()),
}));

export function hideColumn(status: IssueStatus): void {
  store(new Set(columnStore.getState().hidden).add(status));
}

export function showColumn(status: IssueStatus): void {
  const hidden = new Set(columnStore.getState().hidden);
  hidden.delete(status);
  store(hidden);
}

function store(hidden: ReadonlySet<string>): void {
  localStorage.setItem(storageKey, [...hidden].join(","));
  columnStore.setState({ hidden });
}

function stored(): readonly string[] {
  return localStorage.getItem(storageKey)?.split(",") ?? hiddenAtFirst;
}
