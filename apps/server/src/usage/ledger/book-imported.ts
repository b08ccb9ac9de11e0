import { sanitizeJson } from "@headcount/contract/kit/values";
import type { WorkspaceContext } from "../../platform/context.ts";
import { type BookingResult, bookEvents } from "./book-events.ts";
import { checkImported, type ImportedUsage, placeOfImported } from "./check-record.ts";

/** Any number works, as long as nobody else uses it in this database. */
const lockSpace = 7_230_017;

/**
 * Books usage of sessions that Headcount did not start, under the same rules as usage of tasks.
 * Sessions are locked in the order of their keys, so that two imports at once end in one ledger.
 */
export async function bookImported(
  ctx: WorkspaceContext,
  records: readonly ImportedUsage[],
): Promise<BookingResult[]> {
  if (records.length === 0) return [];
  const sessions = [...new Set(records.map((record) => record.sessionKey))].toSorted();
  await ctx.sql`
    select pg_advisory_xact_lock(hashtextextended(${ctx.workspaceId} || key, ${lockSpace}))
    from unnest(${sessions}::text[]) as key`;
  return bookEvents(
    ctx,
    records.map((record) => {
      const checked = checkImported(record, ctx.now);
      return {
        checked,
        place: checked.ok ? placeOfImported(record) : null,
        taskId: null,
        toKeep: () => sanitizeJson(record),
      };
    }),
  );
}
