import type { Tank } from "@headcount/contract/tank/schemas";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "../ui/class-names.ts";

type TankBarProps = {
  readonly tank: Pick<Tank, "percent" | "lowFuel" | "empty">;
  readonly label: string;
  readonly className?: string;
};

/** What is left, as a level. Its colour follows the levels at which people are told. */
export function TankBar({ tank, label, className }: TankBarProps) {
  const text = useText();
  const percent = Math.min(100, Math.max(0, tank.percent));
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={tank.empty ? text.tank.empty : text.tank.level({ percent })}
      className={classNames(
        "relative block overflow-hidden rounded-full",
        tank.empty ? "bg-failed-wash ring-1 ring-failed ring-inset" : "bg-sunken",
        className,
      )}
    >
      <span
        className={classNames("block h-full rounded-full", fillOf(tank))}
        style={{ width: tank.empty ? 0 : `${Math.max(1, percent)}%` }}
      />
    </span>
  );
}

function fillOf({ lowFuel }: TankBarProps["tank"]): string {
  if (lowFuel === 5) return "bg-failed";
  return lowFuel === null ? "bg-accent" : "bg-waiting";
}
