import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { connectionStore } from "../../realtime/connection-store.ts";
import { serverNowMs } from "../../ui/clock.ts";
import { LiveDot } from "../../ui/live-dot.tsx";

/** Until when the figures are: live with the latest use, or since when they no longer are. */
export function AsOf({ at }: { readonly at: string | null }) {
  const text = useText();
  const format = useFormat();
  const state = connectionStore((store) => store.state);
  const lastChangeAt = connectionStore((store) => store.lastChangeAt);
  if (state !== "live" && lastChangeAt !== null) {
    return (
      <span className="figures text-12 text-waiting-ink">
        {text.common.asOf({ time: format.time(lastChangeAt) })}
      </span>
    );
  }
  if (at === null) return null;
  return (
    <span
      className="figures flex items-center gap-1.5 text-12 text-faint max-tablet:hidden"
      title={text.usage.lastUse}
    >
      <LiveDot />
      {text.common.asOf({
        time: isToday(at) ? format.time(new Date(at)) : format.full(new Date(at)),
      })}
    </span>
  );
}

/** By the clock of the screen, like the time that is shown. */
function isToday(at: string): boolean {
  return new Date(at).toDateString() === new Date(serverNowMs()).toDateString();
}
