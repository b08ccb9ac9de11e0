import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "./class-names.ts";

export type ChipTone =
  | "plain"
  | "accent"
  | "running"
  | "queued"
  | "waiting"
  | "blocked"
  | "done"
  | "failed";

const tones: Readonly<Record<ChipTone, string>> = {
  plain: "border-line bg-raised text-muted",
  accent: "border-transparent bg-accent-wash text-accent-ink",
  running: "border-transparent bg-running-wash text-running-ink",
  queued: "border-transparent bg-queued-wash text-queued-ink",
  waiting: "border-transparent bg-waiting-wash text-waiting-ink",
  blocked: "border-transparent bg-blocked-wash text-blocked-ink",
  done: "border-transparent bg-done-wash text-done-ink",
  failed: "border-transparent bg-failed-wash text-failed-ink",
};

type ChipProps = {
  readonly children: ReactNode;
  readonly tone?: ChipTone;
  readonly icon?: ReactNode;
  /** With it the chip gets a button; the text names what is removed. */
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
  readonly className?: string;
};

/** A short fact: a label, a filter, a state in words. */
export function Chip({
  children,
  tone = "plain",
  icon,
  onRemove,
  removeLabel,
  className,
}: ChipProps) {
  const text = useText();
  return (
    <span
      className={classNames(
        "inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-tag border px-1.5 text-11 font-medium",
        tones[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
      {onRemove !== undefined && (
        <button
          type="button"
          aria-label={removeLabel ?? text.common.remove}
          onClick={onRemove}
          className="relative -me-0.5 grid size-4 place-items-center rounded-tag text-faint after:absolute after:-inset-1 hover:text-ink"
        >
          <X size={12} />
        </button>
      )}
    </span>
  );
}
