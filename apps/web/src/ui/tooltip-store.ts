import type { ReactNode } from "react";
import { create } from "zustand";

export type TooltipContent = {
  readonly text: ReactNode;
  readonly shortcut: readonly string[] | undefined;
  readonly side: "top" | "right" | "bottom" | "left";
};

type Shown = TooltipContent & { readonly anchor: HTMLElement };

/** The one tooltip on screen. */
export const tooltipStore = create<{ readonly shown: Shown | null }>(() => ({ shown: null }));

const openDelayMs = 350;
/** Neighbours open without a delay when one was open just before. */
const skipDelayMs = 200;
/** Time for the pointer to travel from the button onto its tooltip. */
const closeDelayMs = 120;

let timer: ReturnType<typeof setTimeout> | undefined;
let closedAtMs = Number.NEGATIVE_INFINITY;

/** Opens after a moment, so that a passing pointer opens nothing. */
export function hoverTooltip(anchor: HTMLElement, content: TooltipContent): void {
  clearTimeout(timer);
  const { shown } = tooltipStore.getState();
  const recently = shown !== null || performance.now() - closedAtMs < skipDelayMs;
  if (recently) return showTooltip(anchor, content);
  timer = setTimeout(() => showTooltip(anchor, content), openDelayMs);
}

/** Opens at once: the keyboard arrived. */
export function showTooltip(anchor: HTMLElement, content: TooltipContent): void {
  clearTimeout(timer);
  if (anchor.isConnected) tooltipStore.setState({ shown: { ...content, anchor } });
}

/** Gives an open tooltip its new words. */
export function renewTooltip(anchor: HTMLElement, content: TooltipContent): void {
  const { shown } = tooltipStore.getState();
  if (shown?.anchor !== anchor || shown.text === content.text) return;
  tooltipStore.setState({ shown: { ...content, anchor } });
}

/** Closes unless the pointer reaches the tooltip in time. */
export function leaveTooltip(): void {
  clearTimeout(timer);
  timer = setTimeout(hideTooltip, closeDelayMs);
}

/** Keeps it open while the pointer rests on it. */
export function keepTooltip(): void {
  clearTimeout(timer);
}

export function hideTooltip(): void {
  clearTimeout(timer);
  if (tooltipStore.getState().shown === null) return;
  closedAtMs = performance.now();
  tooltipStore.setState({ shown: null });
}
