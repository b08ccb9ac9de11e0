import type { BooksBounds } from "@headcount/contract/usage/books-schemas";
import { type AskedDays, dayAfter } from "./slice-options.ts";

/** A part of the books that is looked at by one request. */
export type BooksSlice =
  | { readonly metersOf: string }
  | { readonly from: string; readonly to: string };

/**
 * The months of meters, then every day. Of a range: the days in it, and the meters of its months
 * and of the month before, whose tasks may have run into it.
 */
export function planSlices(bounds: BooksBounds, asked: AskedDays): BooksSlice[] {
  const from = latest(bounds.from, asked.from);
  const to = earliest(bounds.to, asked.to);
  const isAsked = (month: string): boolean =>
    (asked.from === null || month >= monthBefore(asked.from)) &&
    (asked.to === null || `${month}-01` < asked.to);
  const slices: BooksSlice[] = bounds.months.filter(isAsked).map((metersOf) => ({ metersOf }));
  if (from === null || to === null) return slices;
  for (let day = from; day < to; day = dayAfter(day)) {
    slices.push({ from: day, to: dayAfter(day) });
  }
  return slices;
}

/** Null where there is nothing on the books at all. */
function latest(bound: string | null, asked: string | null): string | null {
  return bound === null || asked === null || bound > asked ? bound : asked;
}

function earliest(bound: string | null, asked: string | null): string | null {
  return bound === null || asked === null || bound < asked ? bound : asked;
}

function monthBefore(day: string): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
}
