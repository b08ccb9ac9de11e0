import { z } from "zod";
import { usageEvents } from "@headcount/contract/usage/event-routes";
import type { UsageEventListItem } from "@headcount/contract/usage/event-schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import { mapTokens, toTokenCount } from "@headcount/domain/usage/token-counts";
import { query } from "../../platform/command.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { getTask } from "../../tasks/read-tasks.ts";
import { countedPicoOfEvent } from "../ledger/counted-pico-of-event.ts";
import { toTokenTotals } from "./to-token-totals.ts";

/** A row of the ledger: an event, or what a running total has grown by at a time. Counts are int8. */
type EventRow = {
  id: string;
  part: number;
  usedAt: Date;
  provider: string;
  model: string;
  role: string;
  source: string;
  input: string;
  cacheRead: string;
  cacheWrite5m: string;
  cacheWrite1h: string;
  output: string;
  reasoning: string;
  unpricedTokens: string;
  countedPico: string | null;
  isEstimate: boolean;
};

const Place = z.object({ at: cursorValue.instant, id: cursorValue.id, part: z.int() });

export const listTaskEvents = query(usageEvents.ofTask, async (ctx, input) => {
  await getTask(ctx, input.taskId);
  const after = decodeCursor(input.cursor, Place);
  const prefix = input.taskId.slice(0, 13);
  const rows = await ctx.sql<EventRow[]>`
    select id, part, used_at, provider, model, role, source, input, cache_read, cache_write_5m,
      cache_write_1h, output, reasoning, unpriced_tokens, counted_pico, is_estimate
    from (
      select e.event_id as id, e.part, e.used_at, m.provider, m.model, m.role, m.source, e.input,
        e.cache_read, e.cache_write_5m, coalesce(e.cache_write_1h, 0) as cache_write_1h, e.output,
        coalesce(e.reasoning, 0) as reasoning, coalesce(e.unpriced_tokens, 0) as unpriced_tokens,
        ${ctx.sql.unsafe(countedPicoOfEvent)} as counted_pico, e.cost_is_estimate as is_estimate
      from usage_meters m
      join usage_events e on e.workspace_id = m.workspace_id and e.month = m.month
        and e.meter_id = m.id
        and e.event_id between ${`${prefix}-0000-0000-000000000000`}::uuid
          and ${`${prefix}-ffff-ffff-ffffffffffff`}::uuid
      where m.workspace_id = ${ctx.workspaceId} and m.task_id = ${input.taskId}
        and m.kind = 'usage' and e.workspace_id = ${ctx.workspaceId}
    ) as event
    where ${after === null ? ctx.sql`true` : ctx.sql`(date_trunc('milliseconds', used_at), id, part) > (${after.at}::timestamptz, ${after.id}::uuid, ${after.part})`}
    order by date_trunc('milliseconds', used_at), id, part limit ${input.limit + 1}`;
  const items = rows.slice(0, input.limit).map(toListItem);
  const last = items.at(-1);
  const hasMore = rows.length > input.limit && last !== undefined;
  return {
    items,
    nextCursor: hasMore ? encodeCursor({ at: last.usedAt, id: last.id, part: last.part }) : null,
  };
});

function toListItem(row: EventRow): UsageEventListItem {
  return {
    id: row.id,
    part: row.part,
    usedAt: row.usedAt.toISOString(),
    provider: row.provider,
    model: row.model,
    role: row.role,
    source: row.source,
    tokens: toTokenTotals(mapTokens((member) => BigInt(row[member]))),
    unpricedTokens: toTokenCount(BigInt(row.unpricedTokens)),
    countedUsd: row.countedPico === null ? null : formatUsd(BigInt(row.countedPico)),
    isEstimate: row.isEstimate,
  };
}
