import type { IssueSummary } from "@headcount/contract/issues/schemas";
import { create } from "zustand";

export type PickedField = "status" | "priority" | "assignee" | "project";

/** One field of one issue, being chosen by keyboard or from a menu. */
export type Picking = { readonly issue: IssueSummary; readonly field: PickedField };

export const pickerStore = create<{ readonly picking: Picking | null }>(() => ({ picking: null }));

/** Opens the list of values for a field. */
export function pick(issue: IssueSummary, field: PickedField): void {
  pickerStore.setState({ picking: { issue, field } });
}

export function closePicker(): void {
  pickerStore.setState({ picking: null });
}
