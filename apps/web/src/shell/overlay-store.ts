import { create } from "zustand";

/** Which of the shell's own dialogs is open. */
export type Overlay = "palette" | "shortcuts";

export const overlayStore = create<{ readonly overlay: Overlay | null }>(() => ({ overlay: null }));

/** Opens a dialog of the shell, or closes it with null. */
export function setOverlay(overlay: Overlay | null): void {
  overlayStore.setState({ overlay });
}
