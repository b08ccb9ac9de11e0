import { create } from "zustand";

/** Which of the shell's own dialogs is open. */
export type Overlay = "palette" | "shortcuts";

type OverlayStore = {
  readonly overlay: Overlay | null;
  /** What is typed into the palette. */
  readonly paletteText: string;
};

export const overlayStore = create<OverlayStore>(() => ({ overlay: null, paletteText: "" }));

/** Opens a dialog of the shell, or closes it with null. */
export function setOverlay(overlay: Overlay | null): void {
  overlayStore.setState({ overlay, paletteText: "" });
}

export function setPaletteText(paletteText: string): void {
  overlayStore.setState({ paletteText });
}
