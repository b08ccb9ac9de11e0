import type { TimeRange } from "../query/cut-time.ts";

/** Widths of a bar, narrow to wide. */
export const barWidths = ["hour", "day", "week"] as const;
export type BarWidth = (typeof barWidths)[number];

const dayMs = 24 * 60 * 60_000;
/** A day of 25 hours is a day. */
const slackMs = 60 * 60_000;

/** For which lengths of range, in days, bars of a width tell something: enough of them, and not too many. */
const suits: Readonly<Record<BarWidth, { readonly from: number; readonly to: number }>> = {
  hour: { from: 0, to: 14 },
  day: { from: 2, to: 400 },
  week: { from: 14, to: 3_660 },
};
/** Up to how many days each is what one looks at first. */
const usual: readonly (readonly [most: number, width: BarWidth])[] = [
  [1, "hour"],
  [92, "day"],
];

/** The widths that suit a range, narrow first; never none. */
export function barWidthsFor(range: TimeRange): readonly BarWidth[] {
  const days = daysIn(range);
  return barWidths.filter((width) => days >= suits[width].from && days <= suits[width].to);
}

/** The width to draw: the wanted one where it suits the range, else the usual one for its length. */
export function barWidthOf(range: TimeRange, wanted: BarWidth | undefined): BarWidth {
  if (wanted !== undefined && barWidthsFor(range).includes(wanted)) return wanted;
  const days = daysIn(range);
  return usual.find(([most]) => days <= most)?.[1] ?? "week";
}

function daysIn({ fromMs, toMs }: TimeRange): number {
  return Math.floor((toMs - fromMs + slackMs) / dayMs);
}
