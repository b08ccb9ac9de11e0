/** How long a time is, in the largest unit that it fills at least twice. */
export type FoundSpan = {
  readonly count: number;
  readonly unit: "day" | "week" | "month" | "year";
};

const dayMs = 86_400_000;
const units = [
  { unit: "year", days: 365.25 },
  { unit: "month", days: 30.44 },
  { unit: "week", days: 7 },
] as const;
/** Months say more than years for most of what people have. */
const fewestOfUnit = { year: 3, month: 2, week: 2 } as const;

/** The days from the first to the last, both included, `YYYY-MM-DD`. */
export function foundSpan(firstDay: string, lastDay: string): FoundSpan {
  const days = Math.max(1, Math.round((Date.parse(lastDay) - Date.parse(firstDay)) / dayMs) + 1);
  for (const { unit, days: length } of units) {
    const count = Math.round(days / length);
    if (count >= fewestOfUnit[unit]) return { count, unit };
  }
  return { count: days, unit: "day" };
}
