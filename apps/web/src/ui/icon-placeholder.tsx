import type { ComponentType } from "react";
import { classNames } from "./class-names.ts";

type IconPlaceholderProps = { readonly icon: ComponentType; readonly className?: string };

/** Looks like an icon button whose code is still on its way. */
export function IconPlaceholder({ icon: Icon, className }: IconPlaceholderProps) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "inline-grid size-(--control) shrink-0 place-items-center text-muted",
        className,
      )}
    >
      <Icon />
    </span>
  );
}
