import type { Budget } from "@headcount/contract/budgets/schemas";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "../ui/class-names.ts";

const fills = {
  ok: "bg-accent",
  near: "bg-waiting",
  exhausted: "bg-failed",
  off: "bg-ghost",
} as const;

type LevelBarProps = {
  readonly budget: Pick<Budget, "name" | "thresholds" | "status">;
  readonly className?: string;
};

/** How much of a limit is used, with a tick at each threshold. */
export function LevelBar({ budget: { name, thresholds, status }, className }: LevelBarProps) {
  const text = useText();
  const percent = Math.min(100, Math.max(0, status.percent));
  return (
    <span
      role="meter"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text.budgets.level({ percent: status.percent, name })}
      aria-label={text.budgets.used}
      className={classNames("relative block h-2 overflow-hidden rounded-full bg-sunken", className)}
    >
      <span
        className={classNames("block h-full rounded-full", fills[status.state])}
        style={{ width: `${status.percent > 0 ? Math.max(1, percent) : 0}%` }}
      />
      {thresholds
        .filter((threshold) => threshold < 100)
        .map((threshold) => (
          <span
            key={threshold}
            className="absolute inset-y-0 w-px bg-strong-line"
            style={{ left: `${threshold}%` }}
          />
        ))}
    </span>
  );
}
