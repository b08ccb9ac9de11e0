import type { ComponentProps, ReactNode } from "react";
import type { ButtonVariant } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { Tooltip } from "./tooltip.tsx";

type IconButtonProps = Omit<ComponentProps<"button">, "children" | "aria-label"> & {
  /** What the button does, for the tooltip and for screen readers. */
  readonly label: string;
  readonly children: ReactNode;
  readonly variant?: Extract<ButtonVariant, "quiet" | "secondary">;
  readonly size?: "small" | "normal";
  /** Shown at the end of the tooltip, e.g. `["mod", "B"]`. */
  readonly shortcut?: readonly string[] | undefined;
  readonly tooltipSide?: "top" | "right" | "bottom" | "left";
};

/** A square button with a picture only; its label is never optional. */
export function IconButton({
  label,
  children,
  variant = "quiet",
  size = "normal",
  shortcut,
  tooltipSide = "bottom",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} side={tooltipSide}>
      <button
        type="button"
        aria-label={label}
        className={classNames(
          "inline-grid shrink-0 place-items-center rounded-control transition-colors duration-120 disabled:cursor-not-allowed disabled:opacity-45",
          size === "small" ? "size-6" : "size-(--control)",
          variant === "quiet"
            ? "text-muted hover:bg-hover hover:text-ink active:bg-pressed data-[state=open]:bg-hover data-[state=open]:text-ink"
            : "border border-strong-line bg-raised text-ink hover:bg-hover",
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
