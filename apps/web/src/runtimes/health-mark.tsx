import type { Runtime } from "@headcount/contract/runtimes/schemas";
import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "../ui/class-names.ts";
import { StateGlyph } from "../ui/state-glyph.tsx";

const disc = (
  <svg aria-hidden="true" width={13} height={13} viewBox="0 0 14 14" fill="none">
    <circle cx="7" cy="7" r="5.250" stroke="var(--done)" strokeWidth="1.500" />
    <circle cx="7" cy="7" r="2.250" fill="var(--done)" />
  </svg>
);

const marks: Readonly<Record<Runtime["health"], ReactNode>> = {
  online: disc,
  recently_lost: <StateGlyph state="waiting" size={13} decorative />,
  offline: <StateGlyph state="cancelled" size={13} decorative />,
  expiring: <StateGlyph state="failed" size={13} decorative />,
};

type HealthMarkProps = {
  readonly health: Runtime["health"];
  /** With a problem the program cannot work although its machine is there. */
  readonly hasProblem?: boolean;
  readonly hideWord?: boolean;
  readonly className?: string;
};

/** Whether a machine or program can be reached and used, as a shape and a word. */
export function HealthMark({
  health,
  hasProblem = false,
  hideWord = false,
  className,
}: HealthMarkProps) {
  const text = useText();
  const broken = hasProblem && health === "online";
  const word = broken ? text.agents.presence.error : (text.runtimes.health[health] ?? health);
  return (
    <span className={classNames("flex min-w-0 items-center gap-1.5", className)}>
      <span className="shrink-0">
        {broken ? <StateGlyph state="failed" size={13} decorative /> : (marks[health] ?? disc)}
      </span>
      <span className={hideWord ? "sr-only" : "truncate"}>{word}</span>
    </span>
  );
}
