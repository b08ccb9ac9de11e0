import { Tooltip as Primitive } from "radix-ui";
import { useEffect, useLayoutEffect, useRef } from "react";
import { flushSync } from "react-dom";
import { Kbd } from "./kbd.tsx";
import { hideTooltip, keepTooltip, leaveTooltip, tooltipStore } from "./tooltip-store.ts";

/** Draws the open tooltip beside its anchor; a shadow of the anchor is what the library positions by. */
export function TooltipLayer() {
  const shown = tooltipStore((state) => state.shown);
  const shadow = useRef<HTMLSpanElement>(null);
  const anchor = shown?.anchor ?? null;
  useLayoutEffect(() => {
    const description = shadow.current?.getAttribute("aria-describedby");
    if (anchor === null || !description || anchor.hasAttribute("aria-describedby")) return;
    anchor.setAttribute("aria-describedby", description);
    return () => anchor.removeAttribute("aria-describedby");
  });
  useEffect(() => {
    if (anchor === null) return;
    addEventListener("scroll", hideTooltip, true);
    addEventListener("keydown", hideBeforeEscape, true);
    return () => {
      removeEventListener("scroll", hideTooltip, true);
      removeEventListener("keydown", hideBeforeEscape, true);
    };
  }, [anchor]);
  if (shown === null) return null;
  const { left, top, width, height } = shown.anchor.getBoundingClientRect();
  return (
    <Primitive.Provider>
      <Primitive.Root open key={`${left} ${top}`}>
        <Primitive.Trigger asChild>
          <span
            ref={shadow}
            aria-hidden="true"
            className="pointer-events-none fixed"
            style={{ left, top, width, height }}
          />
        </Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            side={shown.side}
            sideOffset={5}
            collisionPadding={8}
            onPointerEnter={keepTooltip}
            onPointerLeave={leaveTooltip}
            className="motion-fade z-60 flex max-w-72 items-center gap-2 rounded-control bg-raised px-2 py-1 text-12 text-ink shadow-float"
          >
            {shown.text}
            {shown.shortcut !== undefined && <Kbd keys={shown.shortcut} />}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}

/**
 * Escape is meant for what the tooltip lies upon, a drawer or a dialog. The library gives the key to
 * the highest layer only, so the tooltip leaves before the key gets there.
 */
function hideBeforeEscape({ key }: KeyboardEvent): void {
  if (key !== "Escape") return;
  flushSync(hideTooltip);
  // The layer below learns from an update of its own that it is the highest now.
  flushSync(() => {});
}
