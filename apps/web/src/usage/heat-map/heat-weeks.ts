import { addDays, dateIn, weekdayOf } from "@headcount/domain/usage/query/local-time";

export const heatWeeks = 26;

/** The days of a heat map: whole weeks from a Monday on, the last of them the present one. */
export type HeatSpan = {
  readonly firstDay: string;
  readonly today: string;
  /** By weekday, Monday first; in each row one day per week. Days to come are null. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** First week that begins in a month, with its first day. */
  readonly months: readonly { readonly week: number; readonly day: string }[];
};

/** The last 26 weeks of a zone's calendar, today's included. */
export function heatSpan(tz: string, nowMs: number): HeatSpan {
  const today = dateIn(tz, nowMs);
  const monday = addDays(today, 1 - weekdayOf(today));
  const firstDay = addDays(monday, -7 * (heatWeeks - 1));
  const weeks = Array.from({ length: heatWeeks }, (_, week) => week);
  const dayAt = (week: number, weekday: number): string => addDays(firstDay, week * 7 + weekday);
  return {
    firstDay,
    today,
    rows: [0, 1, 2, 3, 4, 5, 6].map((weekday) =>
      weeks.map((week) => {
        const day = dayAt(week, weekday);
        return day > today ? null : day;
      }),
    ),
    months: weeks.flatMap((week) => {
      const day = dayAt(week, 0);
      const before = week === 0 ? "" : dayAt(week - 1, 0).slice(0, 7);
      const isNew = day.slice(0, 7) !== before;
      // The first weeks may be the end of a month, whose name would run into the next one's.
      const isLost = week === 0 && dayAt(2, 0).slice(0, 7) !== day.slice(0, 7);
      return isNew && !isLost ? [{ week, day }] : [];
    }),
  };
}

type Place = { readonly week: number; readonly weekday: number };

/** Where a key leads from a day; stays where there is no day. Null for other keys. */
export function moveDay(key: string, { week, weekday }: Place, { rows }: HeatSpan): Place | null {
  const targets: Readonly<Record<string, Place>> = {
    ArrowLeft: { week: week - 1, weekday },
    ArrowRight: { week: week + 1, weekday },
    ArrowUp: weekday === 0 ? { week: week - 1, weekday: 6 } : { week, weekday: weekday - 1 },
    ArrowDown: weekday === 6 ? { week: week + 1, weekday: 0 } : { week, weekday: weekday + 1 },
    Home: { week: 0, weekday },
    End: { week: hasDay(rows, heatWeeks - 1, weekday) ? heatWeeks - 1 : heatWeeks - 2, weekday },
  };
  const target = targets[key];
  if (target === undefined) return null;
  return hasDay(rows, target.week, target.weekday) ? target : { week, weekday };
}

function hasDay(rows: HeatSpan["rows"], week: number, weekday: number): boolean {
  return typeof rows[weekday]?.[week] === "string";
}
