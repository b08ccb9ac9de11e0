import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import type { Catalogue } from "../i18n/catalogue.ts";
import { useText } from "../i18n/use-text.ts";
import { Avatar } from "../ui/avatar.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import type { TaskState } from "../ui/task-state.ts";

type TriggerChipsProps = {
  readonly verdicts: readonly TriggerVerdict[];
  /** With it each agent that would wake can be unticked. */
  readonly suppressed?: ReadonlySet<string>;
  readonly onSuppress?: (agentId: string, suppress: boolean) => void;
};

const glyphs: Readonly<Record<TriggerVerdict["effect"], TaskState>> = {
  queued: "running",
  coalesced: "running",
  deferred: "queued",
  held: "waiting",
  blocked: "blocked",
  none: "cancelled",
};

/** Who a write wakes, and why the others stay asleep; the same words before and after it. */
export function TriggerChips({ verdicts, suppressed, onSuppress }: TriggerChipsProps) {
  const text = useText();
  return (
    <ul className="flex flex-wrap gap-1.5">
      {verdicts.map((verdict) => {
        const off = suppressed?.has(verdict.agentId) ?? false;
        const canToggle = onSuppress !== undefined && (off || wakes(verdict));
        const reason = off ? null : reasonOf(verdict, text);
        return (
          <li
            key={verdict.agentId}
            className="flex min-h-6 items-center gap-1.5 rounded-control border border-line bg-raised ps-1.5 pe-2 text-12 text-muted"
          >
            {canToggle && (
              <input
                type="checkbox"
                aria-label={text.issues.suppress({ agent: verdict.agentName })}
                checked={!off}
                onChange={(event) => onSuppress(verdict.agentId, !event.target.checked)}
                className="size-3.5"
              />
            )}
            <Avatar
              actor={{ type: "agent", id: verdict.agentId, name: verdict.agentName }}
              size={16}
              decorative
            />
            <StateGlyph state={off ? "cancelled" : glyphs[verdict.effect]} size={12} decorative />
            <span className="text-ink">{sentenceOf(verdict, off, text)}</span>
            {reason !== null && <span>· {reason}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function wakes(verdict: TriggerVerdict): boolean {
  return ["queued", "coalesced", "deferred"].includes(verdict.effect);
}

function sentenceOf(verdict: TriggerVerdict, off: boolean, text: Catalogue): string {
  const agent = { agent: verdict.agentName };
  if (off) return text.issues.doesNotStart(agent);
  const sentences = {
    queued: text.issues.startsNow,
    coalesced: text.issues.joinsRun,
    deferred: text.issues.startsLater,
    held: text.issues.heldBack,
    blocked: text.issues.doesNotStart,
    none: text.issues.doesNotStart,
  } satisfies Record<TriggerVerdict["effect"], (parameters: { agent: string }) => string>;
  return sentences[verdict.effect](agent);
}

function reasonOf(verdict: TriggerVerdict, text: Catalogue): string | null {
  if (verdict.reason === null) return null;
  const known: Readonly<Record<string, string>> = text.issues.verdictReason;
  return known[verdict.reason] ?? verdict.detail;
}
