import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { focusContent } from "./focus-content.ts";
import { returnFocus } from "./focus-memory.ts";

type DrawerProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly side: "left" | "right";
  readonly children: ReactNode;
  readonly className?: string;
};

/** A panel that slides in from an edge: navigation and properties on phones. */
export function Drawer({ open, onOpenChange, title, side, children, className }: DrawerProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="motion-fade fixed inset-0 z-40 bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusContent}
          onCloseAutoFocus={returnFocus}
          className={classNames(
            "fixed inset-y-0 z-50 flex w-[min(320px,86vw)] flex-col overflow-y-auto bg-ground pb-[env(safe-area-inset-bottom)] shadow-float outline-none",
            side === "left" ? "motion-drawer-left left-0" : "motion-drawer-right right-0",
            className,
          )}
        >
          <Primitive.Title className="sr-only">{title}</Primitive.Title>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
