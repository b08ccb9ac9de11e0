import { books } from "@headcount/contract/usage/books-routes";
import { query } from "../../platform/command.ts";
import { readBounds } from "./read-bounds.ts";

export const usageBounds = query(books.bounds, async (ctx) => {
  const { days, months, archived } = await readBounds(ctx);
  const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);
  const monthsOf = (list: readonly string[]): string[] => list.map((month) => month.slice(0, 7));
  return {
    from: days ? dayOf(days.from) : null,
    to: days ? dayOf(days.to) : null,
    months: monthsOf(months),
    archivedMonths: monthsOf(archived),
  };
});
