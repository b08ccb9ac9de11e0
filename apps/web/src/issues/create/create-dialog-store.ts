import type { IssueStatus } from "@headcount/contract/issues/schemas";
import { create } from "zustand";

/** What the opener of the dialog already knows about the new issue. */
export type CreatePreset = { readonly status?: IssueStatus };

type CreateDialogStore = { readonly open: boolean; readonly preset: CreatePreset };

export const createDialogStore = create<CreateDialogStore>(() => ({ open: false, preset: {} }));

/** Opens the dialog of a new issue. */
export function openCreateDialog(preset: CreatePreset): void {
  createDialogStore.setState({ open: true, preset });
}

export function closeCreateDialog(): void {
  createDialogStore.setState({ open: false });
}
