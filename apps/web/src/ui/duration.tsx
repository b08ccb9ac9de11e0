import { useText } from "../i18n/use-text.ts";
import { classNames } from "./class-names.ts";
import { useNowMs } from "./clock.ts";
import { formatDuration } from "./format-duration.ts";

type DurationProps = { readonly durationMs: number; readonly className?: string };

/** A finished span of time: 3m 12s. */
export function Duration({ durationMs, className }: DurationProps) {
  const text = useText();
  return (
    <span className={classNames("figures whitespace-nowrap", className)}>
      {formatDuration(durationMs, text.figures)}
    </span>
  );
}

type ElapsedProps = { readonly since: string | Date; readonly className?: string };

/** Time since an instant, ticking every second from server time. */
export function Elapsed({ since, className }: ElapsedProps) {
  const nowMs = useNowMs(1000);
  const elapsedMs = Math.max(0, nowMs - new Date(since).getTime());
  const durationMs = Math.floor(elapsedMs / 1000) * 1000;
  return <Duration durationMs={durationMs} {...(className === undefined ? {} : { className })} />;
}
