import { useText } from "../i18n/use-text.ts";

/** From most to least pressing. */
export const priorities = ["urgent", "high", "medium", "low", "none"] as const;

export type Priority = (typeof priorities)[number];

const litBars: Readonly<Record<Priority, number>> = {
  urgent: 3,
  high: 3,
  medium: 2,
  low: 1,
  none: 0,
};

type PriorityIconProps = {
  readonly priority: Priority;
  readonly decorative?: boolean;
  readonly className?: string;
};

/** Rising bars; urgent is a filled square so that it stands out without colour. */
export function PriorityIcon({ priority, decorative = false, className = "" }: PriorityIconProps) {
  const text = useText();
  const name = decorative
    ? { "aria-hidden": true as const }
    : { role: "img", "aria-label": text.states.priority[priority] };
  return (
    <svg
      {...name}
      width={14}
      height={14}
      viewBox="0 0 14 14"
      fill="none"
      className={`shrink-0 ${priority === "urgent" ? "text-failed" : "text-muted"} ${className}`}
    >
      {drawing(priority)}
    </svg>
  );
}

function drawing(priority: Priority) {
  if (priority === "urgent") {
    return (
      <>
        <rect x="1" y="1" width="12" height="12" rx="3" fill="currentColor" />
        <path d="M7 3.800v3.800" stroke="var(--raised)" strokeWidth="1.700" strokeLinecap="round" />
        <circle cx="7" cy="10" r="0.950" fill="var(--raised)" />
      </>
    );
  }
  if (priority === "none") {
    return (
      <path
        d="M2 7h2M6 7h2M10 7h2"
        stroke="var(--ghost)"
        strokeWidth="1.500"
        strokeLinecap="round"
      />
    );
  }
  return [0, 1, 2].map((bar) => (
    <rect
      key={bar}
      x={1.5 + bar * 4}
      y={8.5 - bar * 3}
      width="2.600"
      height={4 + bar * 3}
      rx="0.800"
      fill={bar < litBars[priority] ? "currentColor" : "var(--strong-line)"}
    />
  ));
}
