import { sanitizeJson } from "@headcount/contract/kit/values";
import { refuse } from "@headcount/domain/kit/decision";
import type { WorkspaceContext } from "../../platform/context.ts";
import { plainArray } from "../../platform/plain-array.ts";
import { type BookingResult, bookEvents } from "./book-events.ts";
import { checkImported, type ImportedUsage, importedEventId } from "./check-record.ts";
import { lockImports } from "./lock-imports.ts";
import { monthOf } from "./meter.ts";

/**
 * Books usage of sessions that Headcount did not start, under the same rules as usage of tasks.
 * One import of a workspace at a time: two that bring the same calls end in one ledger.
 */
export async function bookImported(
  ctx: WorkspaceContext,
  records: readonly ImportedUsage[],
): Promise<BookingResult[]> {
  if (records.length === 0) return [];
  await lockImports(ctx);
  const ids = records.map(importedEventId);
  const known = await readMonths(ctx, [...new Set(ids)]);
  return bookEvents(
    ctx,
    records.map((record, index) => {
      const id = ids[index] ?? "";
      const hasTime = !Number.isNaN(record.usedAt.getTime());
      const month = known.get(id) ?? (hasTime ? monthOf(record.usedAt) : null);
      if (month !== null) known.set(id, month);
      const checked =
        month === null ? refuse("time_invalid") : checkImported(record, month, ctx.now);
      return {
        checked,
        place: checked.ok && month !== null ? { id, month } : null,
        taskId: null,
        toKeep: () => sanitizeJson(record),
      };
    }),
  );
}

/**
 * Months of the partitions that hold known events, `YYYY-MM-01`. A copy of a call may carry the
 * time at which it was copied, so the month cannot be told from the record.
 */
async function readMonths(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await ctx.sql<{ id: string; month: string }[]>`
    select wanted.id, to_char(found.month, 'YYYY-MM-DD') as month
    from unnest(${plainArray(ids)}::uuid[]) as wanted(id)
    cross join lateral (
      select e.month from usage_events e
      where e.workspace_id = ${ctx.workspaceId} and e.event_id = wanted.id
      limit 1
    ) as found`;
  return new Map(rows.map((row) => [row.id, row.month]));
}
