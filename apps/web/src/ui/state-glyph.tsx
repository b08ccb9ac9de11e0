import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import type { TaskState } from "./task-state.ts";

const shapes: Readonly<Record<TaskState, ReactNode>> = {
  running: <circle cx="7" cy="7" r="4.500" fill="currentColor" />,
  queued: (
    <>
      <circle cx="7" cy="7" r="4.750" stroke="currentColor" strokeWidth="1.500" />
      <path d="M7 7V2.250A4.750 4.750 0 0 1 11.750 7Z" fill="currentColor" />
    </>
  ),
  waiting: (
    <>
      <circle cx="7" cy="7" r="4.750" stroke="currentColor" strokeWidth="1.500" />
      <path d="M7 2.250a4.750 4.750 0 0 1 0 9.500Z" fill="currentColor" />
    </>
  ),
  blocked: (
    <>
      <circle cx="7" cy="7" r="4.750" stroke="currentColor" strokeWidth="1.500" />
      <path d="m3.700 10.300 6.600-6.600" stroke="currentColor" strokeWidth="1.500" />
    </>
  ),
  done: <path d="m2.500 7.500 3 3 6-6.500" stroke="currentColor" strokeWidth="2" />,
  failed: <path d="m3.500 3.500 7 7m0-7-7 7" stroke="currentColor" strokeWidth="2" />,
  cancelled: <path d="M3 7h8" stroke="currentColor" strokeWidth="2" />,
};

const colours: Readonly<Record<TaskState, string>> = {
  running: "text-running",
  queued: "text-queued",
  waiting: "text-waiting",
  blocked: "text-blocked",
  done: "text-done",
  failed: "text-failed",
  cancelled: "text-cancelled",
};

type StateGlyphProps = {
  readonly state: TaskState;
  readonly size?: number;
  /** Set where the state's word stands beside the glyph, so that it is not read twice. */
  readonly decorative?: boolean;
  readonly className?: string;
};

/** The shape and colour of a state. */
export function StateGlyph({
  state,
  size = 14,
  decorative = false,
  className = "",
}: StateGlyphProps) {
  const text = useText();
  const name = decorative
    ? { "aria-hidden": true as const }
    : { role: "img", "aria-label": text.states.task[state] };
  return (
    <svg
      {...name}
      width={size}
      height={size}
      viewBox="0 0 14 14"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`${colours[state]} ${className}`}
    >
      {shapes[state]}
    </svg>
  );
}
