import type { IssueSummary } from "@headcount/contract/issues/schemas";
import type { KeyboardEvent } from "react";
import { pick, type PickedField } from "../pick/picker-store.ts";

const fields: Readonly<Record<string, PickedField>> = {
  s: "status",
  m: "status",
  p: "priority",
  a: "assignee",
};
const directions: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

/** Arrow keys and J/K walk the rows; S or M, P and A set a field of the focused one. */
export function useListKeys(
  rows: readonly (IssueSummary | null)[],
  scrollTo: (index: number) => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (!(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey) return;
    const row = event.target.closest<HTMLElement>("[data-row]");
    if (row === null) return;
    const index = Number(row.dataset["row"]);
    const issue = rows[index];
    const field = fields[event.key.toLowerCase()];
    if (field !== undefined && issue) {
      event.preventDefault();
      pick(issue, field);
      return;
    }
    const direction = directions[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const next = nextIssueRow(rows, index, direction);
    scrollTo(next);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus(),
    );
  };
}

function nextIssueRow(rows: readonly unknown[], from: number, direction: number): number {
  for (let at = from + direction; at >= 0 && at < rows.length; at += direction) {
    if (rows[at] !== null) return at;
  }
  return from;
}
