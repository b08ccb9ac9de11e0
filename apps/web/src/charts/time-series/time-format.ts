import type { TimeTick } from "@headcount/domain/charts/time-ticks";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import type { Language } from "../../i18n/language.ts";

/** Times of one zone in one language, as axes and readouts write them. */
export type TimeFormat = {
  /** Short: 14:05, 21 Nov, Nov, 2026. */
  readonly tick: (tick: TimeTick) => string;
  /** A bucket or another stretch: 21 Nov 2026, 14:05 – 14:10. */
  readonly stretch: (range: TimeRange) => string;
  /** 21 Nov 2026, 14:05; with seconds where a chart shows them. */
  readonly instant: (atMs: number, widthMs: number) => string;
};

const minuteMs = 60_000;
const dayMs = 86_400_000;

const formats = new Map<string, TimeFormat>();

/** Made once for each zone and language, since building Intl objects is slow. */
export function timeFormatOf(language: Language, zone: string): TimeFormat {
  const key = `${language} ${zone}`;
  const stored = formats.get(key);
  if (stored !== undefined) return stored;
  const made = makeTimeFormat(language, zone);
  formats.set(key, made);
  return made;
}

function makeTimeFormat(language: Language, timeZone: string): TimeFormat {
  // British English writes day before month and a 24-hour clock, which suits a ledger.
  const locale = language === "en" ? "en-GB" : language;
  const make = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const date = { day: "numeric", month: "short", year: "numeric" } as const;
  const ticks = {
    second: make({ ...clock, second: "2-digit" }),
    minute: make(clock),
    day: make({ day: "numeric", month: "short" }),
    month: make({ month: "short" }),
    year: make({ year: "numeric" }),
  };
  const days = make(date);
  const minutes = make({ ...date, ...clock });
  const seconds = make({ ...date, ...clock, second: "2-digit" });
  const clocks = make({ hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" });
  const isMidnight = (atMs: number): boolean => /^0?0\D0?0\D0?0\D?$/.test(clocks.format(atMs));
  const of = (widthMs: number): Intl.DateTimeFormat => (widthMs < minuteMs ? seconds : minutes);
  return {
    tick: ({ atMs, names }) => ticks[names].format(atMs),
    instant: (atMs, widthMs) => of(widthMs).format(atMs),
    stretch: ({ fromMs, toMs }) => {
      const widthMs = toMs - fromMs;
      const isWholeDays = widthMs > dayMs / 2 && isMidnight(fromMs) && isMidnight(toMs);
      if (isWholeDays) return days.formatRange(fromMs, toMs - 1);
      return of(widthMs).formatRange(fromMs, toMs);
    },
  };
}
