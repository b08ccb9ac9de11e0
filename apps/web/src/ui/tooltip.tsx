import { Slot } from "radix-ui";
import { useEffect, useRef, type ReactNode } from "react";
import {
  hideTooltip,
  hoverTooltip,
  leaveTooltip,
  renewTooltip,
  showTooltip,
  tooltipStore,
} from "./tooltip-store.ts";

type TooltipProps = {
  readonly text: ReactNode;
  readonly shortcut?: readonly string[] | undefined;
  readonly side?: "top" | "right" | "bottom" | "left";
  /** A focusable element; the tooltip repeats or details its label, never replaces it. */
  readonly children: ReactNode;
};

/**
 * A short explanation on hover and focus. All of them share one layer, which is downloaded after the
 * first page: a board has hundreds of buttons and shows one tooltip at a time.
 */
export function Tooltip({ text, shortcut, side = "bottom", children }: TooltipProps) {
  const anchor = useRef<HTMLElement | null>(null);
  const content = { text, shortcut, side };
  useEffect(() => {
    if (anchor.current !== null) renewTooltip(anchor.current, content);
  });
  useEffect(
    () => () => {
      const { shown } = tooltipStore.getState();
      if (shown !== null && shown.anchor === anchor.current) hideTooltip();
    },
    [],
  );
  return (
    <Slot.Root
      onPointerEnter={({ pointerType, currentTarget }) => {
        if (pointerType === "touch") return;
        anchor.current = currentTarget;
        hoverTooltip(currentTarget, content);
      }}
      onPointerLeave={leaveTooltip}
      onPointerDown={hideTooltip}
      onFocus={({ currentTarget }) => {
        if (!currentTarget.matches(":focus-visible")) return;
        anchor.current = currentTarget;
        showTooltip(currentTarget, content);
      }}
      onBlur={hideTooltip}
    >
      {children}
    </Slot.Root>
  );
}
