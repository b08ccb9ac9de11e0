import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { connectionStore } from "../realtime/connection-store.ts";
import { useNowMs } from "../ui/clock.ts";
import { StateGlyph } from "../ui/state-glyph.tsx";

const graceMs = 10_000;

/** Says across the page that changes are late or missing, once that has lasted ten seconds. */
export function ConnectionBanner() {
  const text = useText();
  const format = useFormat();
  const { state, since, lastChangeAt } = connectionStore();
  const nowMs = useNowMs(1000);
  const lastsLong = since !== null && nowMs - since.getTime() > graceMs;
  if (!lastsLong || (state !== "offline" && state !== "degraded")) return null;
  const time = format.time(lastChangeAt ?? since);
  return (
    <div
      role="status"
      className="flex shrink-0 items-center gap-2 border-b border-line bg-waiting-wash px-4 py-1.5 text-12 text-waiting-ink"
    >
      <StateGlyph state={state === "offline" ? "failed" : "waiting"} decorative size={12} />
      {state === "offline"
        ? text.shell.connectionBanner({ time })
        : text.shell.connectionBannerDegraded({ time })}
    </div>
  );
}
