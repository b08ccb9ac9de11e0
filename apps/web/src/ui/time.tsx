import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "./class-names.ts";
import { useNowMs } from "./clock.ts";

const justNowMs = 45_000;
const relativeUntilMs = 30 * 86_400_000;

type TimeProps = {
  readonly at: string | Date;
  /** `relative` turns into a date after a month. */
  readonly style?: "relative" | "time" | "date";
  readonly className?: string;
};

/** An instant; the full date and time on hover. */
export function Time({ at, style = "relative", className }: TimeProps) {
  const format = useFormat();
  const text = useText();
  const nowMs = useNowMs(15_000);
  const instant = new Date(at);
  const deltaMs = instant.getTime() - nowMs;
  const shown = () => {
    if (style === "time") return format.time(instant);
    if (style === "date" || Math.abs(deltaMs) > relativeUntilMs) return format.date(instant);
    if (Math.abs(deltaMs) < justNowMs) return text.figures.justNow;
    return format.relative(deltaMs);
  };
  return (
    <time
      dateTime={instant.toISOString()}
      title={format.full(instant)}
      className={classNames("figures whitespace-nowrap", className)}
    >
      {shown()}
    </time>
  );
}
