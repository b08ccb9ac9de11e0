import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd.tsx";

type TooltipProps = {
  readonly text: ReactNode;
  readonly shortcut?: readonly string[] | undefined;
  readonly side?: "top" | "right" | "bottom" | "left";
  /** A focusable element; the tooltip repeats or details its label, never replaces it. */
  readonly children: ReactNode;
};

/** A short explanation on hover and focus. */
export function Tooltip({ text, shortcut, side = "bottom", children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={5}
          collisionPadding={8}
          className="motion-fade z-60 flex max-w-72 items-center gap-2 rounded-control bg-raised px-2 py-1 text-12 text-ink shadow-float"
        >
          {text}
          {shortcut !== undefined && <Kbd keys={shortcut} />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Shares the opening delay between neighbours; once, around the app. */
export const TooltipProvider = Primitive.Provider;
