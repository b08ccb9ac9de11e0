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

/** An event of one or more rows; counts are numeric. */
type EventRow = {
  id: string;
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

const Place = z.object({ at: cursorValue.instant, id: cursorValue.id });

export const listTaskEvents = query(usageEvents.ofTask, async (ctx, input) => {
  await getTask(ctx, input.taskId);
  const after = decodeCursor(input.cursor, Place);
  const prefix = input.taskId.slice(0, 13);
  const rows = await ctx.sql<EventRow[]>`
    select id, used_at, provider, model, role, source, input, cache_read, cache_write_5m,
      cache_write_1h, output, reasoning, unpriced_tokens, counted_pico, is_estimate
    from (
      select e.event_id as id, min(e.used_at) as used_at, m.provider, m.model, m.role, m.source,
        sum(e.input) as input, sum(e.cache_read) as cache_read,
        sum(e.cache_write_5m) as cache_write_5m, sum(coalesce(e.cache_write_1h, 0)) as cache_write_1h,
        sum(e.output) as output, sum(coalesce(e.reasoning, 0)) as reasoning,
        sum(coalesce(e.unpriced_tokens, 0)) as unpriced_tokens,
        sum(${ctx.sql.unsafe(countedPicoOfEvent)}) as counted_pico,
        bool_or(e.cost_is_estimate) as is_estimate
      from usage_meters m
      join usage_events e on e.workspace_id = m.workspace_id and e.month = m.month
        and e.meter_id = m.id
        and e.event_id between ${`${prefix}-0000-0000-000000000000`}::uuid
          and ${`${prefix}-ffff-ffff-ffffffffffff`}::uuid
      where m.workspace_id = ${ctx.workspaceId} and m.task_id = ${input.taskId}
        and m.kind = 'usage' and e.workspace_id = ${ctx.workspaceId}
      group by e.event_id, m.id, m.provider, m.model, m.role, m.source
    ) as event
    where ${after === null ? ctx.sql`true` : ctx.sql`(date_trunc('milliseconds', used_at), id) > (${after.at}::timestamptz, ${after.id}::uuid)`}
    order by date_trunc('milliseconds', used_at), id limit ${input.limit + 1}`;
  const items = rows.slice(0, input.limit).map(toListItem);
  const last = items.at(-1);
  const hasMore = rows.length > input.limit && last !== undefined;
  return {
    items,
    nextCursor: hasMore ? encodeCursor({ at: last.usedAt, id: last.id }) : null,
  };
});

function toListItem(row: EventRow): UsageEventListItem {
  return {
    id: row.id,
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
