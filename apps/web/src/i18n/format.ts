import type { Language } from "./language.ts";

/** Number, date and list formatting of one language, in the reader's own time zone. */
export type Format = {
  /** Grouped integer or decimal: 12,345. */
  readonly number: (value: number | bigint) => string;
  /** 42%. `fraction` is 0…1. */
  readonly percent: (fraction: number) => string;
  /** 21 Nov 2026. */
  readonly date: (at: Date) => string;
  /** 21 Nov; for axes and recent things. */
  readonly dayAndMonth: (at: Date) => string;
  /** 14:02. */
  readonly time: (at: Date) => string;
  /** 21 Nov 2026, 14:02:31; for titles. */
  readonly full: (at: Date) => string;
  /** "3 minutes ago", narrow; days rather than weeks, which say too little. `deltaMs` is negative for the past. */
  readonly relative: (deltaMs: number) => string;
  /** "Ada, Bob and Eve". */
  readonly list: (items: readonly string[]) => string;
};

const formats = new Map<Language, Format>();

/** The formatters of a language; made once, since building Intl objects is slow. */
export function formatOf(language: Language): Format {
  const known = formats.get(language) ?? makeFormat(language);
  formats.set(language, known);
  return known;
}

function makeFormat(language: Language): Format {
  // British English writes day before month and a 24-hour clock, which suits a ledger.
  const locale = language === "en" ? "en-GB" : language;
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const dayAndMonth = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
  const time = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "narrow" });
  const list = new Intl.ListFormat(locale, { style: "long", type: "conjunction" });
  return {
    number: (value) => number.format(value),
    percent: (fraction) => percent.format(fraction),
    date: (at) => date.format(at),
    dayAndMonth: (at) => dayAndMonth.format(at),
    time: (at) => time.format(at),
    full: (at) => full.format(at),
    relative: (deltaMs) => formatRelative(relative, deltaMs),
    list: (items) => list.format(items),
  };
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000_000],
  ["month", 2_592_000_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

function formatRelative(relative: Intl.RelativeTimeFormat, deltaMs: number): string {
  for (const [unit, unitMs] of steps) {
    if (Math.abs(deltaMs) >= unitMs) return relative.format(Math.trunc(deltaMs / unitMs), unit);
  }
  return relative.format(Math.trunc(deltaMs / 1000), "second");
}
