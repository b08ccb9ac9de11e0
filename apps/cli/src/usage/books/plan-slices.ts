import type { BooksBounds } from "@headcount/contract/usage/books-schemas";
import { type AskedDays, dayAfter } from "./slice-options.ts";

/** A part of the books that is looked at by one request. */
export type BooksSlice =
  | { readonly metersOf: string }
  | { readonly from: string; readonly to: string }
  | { readonly budgets: true };

/**
 * The months of meters, every day, and at last what budgets have counted. Of a range: the days in
 * it, and the meters of its months and of the month before, whose tasks may have run into it;
 * budgets where it has no end, because they are compared as they stand now.
 */
export function planSlices(bounds: BooksBounds, asked: AskedDays): BooksSlice[] {
  const from = latest(bounds.from, asked.from);
  const to = earliest(bounds.to, asked.to);
  const isAsked = (month: string): boolean =>
    (asked.from === null || month >= monthBefore(asked.from)) &&
    (asked.to === null || `${month}-01` < asked.to);
  const slices: BooksSlice[] = bounds.months.filter(isAsked).map((metersOf) => ({ metersOf }));
  for (let day = from; day !== null && to !== null && day < to; day = dayAfter(day)) {
    slices.push({ from: day, to: dayAfter(day) });
  }
  return asked.to === null ? [...slices, { budgets: true }] : slices;
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
