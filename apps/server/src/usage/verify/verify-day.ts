import type { BooksComparison } from "@headcount/contract/usage/books-schemas";
import { shiftDate } from "@headcount/domain/usage/buckets";
import type { WorkspaceContext } from "../../platform/context.ts";
import { compareParts } from "./find-differences.ts";
import { keepVerification } from "./store.ts";

const mostKeys = 10;

/**
 * Compares the sums of one UTC day, what meters of its month and of the one before show, and what
 * budgets have counted, with the ledger, and keeps what it finds for administrators to see.
 * @param day `YYYY-MM-DD`
 */
export async function verifyDay(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId" | "now">,
  day: string,
): Promise<BooksComparison> {
  const toDay = shiftDate(day, 1);
  const range = { from: new Date(`${day}T00:00:00Z`), to: new Date(`${toDay}T00:00:00Z`) };
  const firstOfMonth = monthOf(day);
  const found = await compareParts(ctx, [
    { kind: "days", range },
    { kind: "meters", month: monthOf(shiftDate(firstOfMonth, -1)) },
    { kind: "meters", month: firstOfMonth },
    { kind: "budgets" },
  ]);
  await keepVerification(ctx, {
    fromDay: day,
    toDay,
    ledgerEvents: found.ledgerEvents,
    differences: found.differences.length,
    keys: found.differences.slice(0, mostKeys).map(({ rollup, key }) => `${rollup} ${key}`),
  });
  return found;
}

function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}
