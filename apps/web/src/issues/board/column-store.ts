import type { IssueStatus } from "@headcount/contract/issues/schemas";
import { create } from "zustand";

const storageKey = "headcount.hidden-columns";
const hiddenAtFirst: readonly IssueStatus[] = ["cancelled"];

const costsKey = "headcount.board-costs";

type ColumnState = {
  /** Columns that this person does not want to see. */
  readonly hidden: ReadonlySet<string>;
  /** Whether columns and cards say what they have cost. */
  readonly costs: boolean;
};

/** How this person wants to see the board. */
export const columnStore = create<ColumnState>(() => ({
  hidden: new Set(stored()),
  costs: localStorage.getItem(costsKey) !== "hidden",
}));

export function toggleCosts(): void {
  const costs = !columnStore.getState().costs;
  localStorage.setItem(costsKey, costs ? "shown" : "hidden");
  columnStore.setState({ costs });
}

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
