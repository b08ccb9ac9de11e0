import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { connectionStore, type ConnectionState } from "../realtime/connection-store.ts";
import { StateGlyph } from "../ui/state-glyph.tsx";
import type { TaskState } from "../ui/task-state.ts";
import { Tooltip } from "../ui/tooltip.tsx";

const glyphs: Readonly<Record<ConnectionState, TaskState>> = {
  live: "running",
  catching_up: "queued",
  degraded: "waiting",
  offline: "failed",
};

/** How changes reach this tab, in a glyph and a word, always visible. */
export function ConnectionIndicator() {
  const text = useText();
  const format = useFormat();
  const { state, behind, lastChangeAt } = connectionStore();
  const words = {
    live: [text.shell.connectionLive, text.shell.connectionLiveHint],
    catching_up: [
      behind === 0 ? text.shell.connecting : text.shell.connectionCatchingUp({ count: behind }),
      text.shell.connectionCatchingUpHint,
    ],
    degraded: [text.shell.connectionDegraded, text.shell.connectionDegradedHint],
    offline: [text.shell.connectionOffline, text.shell.connectionOfflineHint],
  } satisfies Record<ConnectionState, readonly [string, string]>;
  const [word, hint] = words[state];
  const lastChange =
    lastChangeAt === null ? null : text.shell.lastChange({ time: format.time(lastChangeAt) });
  return (
    <Tooltip
      side="top"
      text={
        <span>
          {hint}
          {lastChange !== null && <span className="block text-faint">{lastChange}</span>}
        </span>
      }
    >
      <button
        type="button"
        className="inset-focus flex h-(--control) min-w-0 cursor-default items-center gap-2 rounded-control px-2 text-12 text-muted"
      >
        <StateGlyph state={glyphs[state]} size={12} decorative />
        <span role="status" className="figures truncate">
          {word}
        </span>
      </button>
    </Tooltip>
  );
}
