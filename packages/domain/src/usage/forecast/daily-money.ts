import { addDays } from "../query/local-time.ts";

/** What every calendar day came to, without a gap; the last one is today, so far. */
export type DailyMoney = {
  /** Pico-dollars. */
  readonly amounts: readonly bigint[];
  readonly today: string;
  /** Place of a date among the amounts; below zero before the first. */
  readonly placeOf: (date: string) => number;
};

const dayMs = 24 * 60 * 60_000;

/**
 * Every day from one to today. A day that is not there came to nothing.
 * @param byDate pico-dollars
 */
export function toDailyMoney(
  byDate: ReadonlyMap<string, bigint>,
  { first, today }: { readonly first: string; readonly today: string },
): DailyMoney {
  const placeOf = (date: string): number =>
    Math.round((Date.parse(date) - Date.parse(first)) / dayMs);
  const amounts = Array.from(
    { length: placeOf(today) + 1 },
    (_, at) => byDate.get(addDays(first, at)) ?? 0n,
  );
  return { amounts, today, placeOf };
}

export type Month = {
  /** `2026-11`. */
  readonly name: string;
  readonly first: string;
  readonly days: number;
};

/** The calendar month of a date. */
export function monthOf(date: string): Month {
  const name = date.slice(0, 7);
  const first = `${name}-01`;
  const lastMonth = addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1);
  return { name, first, days: Number(lastMonth.slice(8)) };
}

/** Sum of the days in `[from, end)`. */
export function sumDays(amounts: readonly bigint[], from: number, end: number): bigint {
  return amounts.slice(from, end).reduce((sum, amount) => sum + amount, 0n);
}
