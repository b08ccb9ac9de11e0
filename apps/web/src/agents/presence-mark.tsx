import type { Agent } from "@headcount/contract/agents/schemas";
import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { StateGlyph } from "../ui/state-glyph.tsx";

const ring = (
  <svg aria-hidden="true" width={13} height={13} viewBox="0 0 14 14" fill="none">
    <circle cx="7" cy="7" r="4.250" stroke="var(--done)" strokeWidth="1.750" />
  </svg>
);

const marks: Readonly<Record<Agent["presence"], ReactNode>> = {
  working: <StateGlyph state="running" size={13} decorative />,
  idle: ring,
  error: <StateGlyph state="failed" size={13} decorative />,
  offline: <StateGlyph state="cancelled" size={13} decorative />,
  unbound: <StateGlyph state="blocked" size={13} decorative />,
};

type PresenceMarkProps = { readonly presence: Agent["presence"] };

/** What an agent is up to, as a shape and a word. */
export function PresenceMark({ presence }: PresenceMarkProps) {
  const text = useText();
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="shrink-0">{marks[presence] ?? marks.offline}</span>
      <span className="truncate">{text.agents.presence[presence] ?? presence}</span>
    </span>
  );
}
