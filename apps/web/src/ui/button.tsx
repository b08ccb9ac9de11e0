import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { TallyMark } from "./tally-mark.tsx";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "small" | "normal" | "large";

const base =
  "relative inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control font-medium select-none transition-colors duration-120 disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50";

const variants: Readonly<Record<ButtonVariant, string>> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary:
    "bg-raised text-ink border border-strong-line hover:bg-hover active:bg-pressed data-[state=open]:bg-hover",
  quiet:
    "text-muted hover:bg-hover hover:text-ink active:bg-pressed data-[state=open]:bg-hover data-[state=open]:text-ink",
  danger: "bg-raised text-failed-ink border border-strong-line hover:bg-failed-wash",
};

const sizes: Readonly<Record<ButtonSize, string>> = {
  small: "h-6 px-2 text-12",
  normal: "h-(--control) px-2.5 text-13",
  large: "h-9 px-4 text-14",
};

type ButtonProps = ComponentProps<"button"> & {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** Shown while the action runs; the button keeps its width and refuses clicks. */
  readonly busy?: boolean;
  /** Renders the only child (a link) with the button's looks. */
  readonly asChild?: boolean;
  readonly icon?: ReactNode;
};

/** An action. One primary button a view at most. */
export function Button({
  variant = "secondary",
  size = "normal",
  busy = false,
  asChild = false,
  icon,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const classes = classNames(base, variants[variant], sizes[size], className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={classes} disabled={disabled === true || busy} {...rest}>
      <span className={classNames("contents", busy && "[&>*]:invisible")}>
        {icon}
        <span className="truncate">{children}</span>
      </span>
      {busy && (
        <span className="absolute inset-0 grid place-items-center">
          <TallyMark size={14} loading />
        </span>
      )}
    </button>
  );
}
