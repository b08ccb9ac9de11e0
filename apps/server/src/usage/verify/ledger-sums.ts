import type { WorkspaceContext } from "../../platform/context.ts";
import {
  eachFigure,
  figureColumns,
  figureSums,
  noFigures,
  taskFigures,
  usageFigures,
} from "../figures.ts";
import { countedPicoOfEvent } from "../ledger/counted-pico-of-event.ts";
import { taskPoints } from "../rollups/task-points.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Sql = Ctx["sql"];
type Fragment = ReturnType<Sql>;

/** `from` inclusive, `to` exclusive, both on the boundary of a quarter of an hour. */
export type VerifiedRange = { readonly from: Date; readonly to: Date };

/** First days, `YYYY-MM-01`, of the months whose events were taken out of the ledger. */
export type ArchivedMonths = readonly string[];

const quarterOf = (column: string): string =>
  `date_bin('15 minutes', ${column}, timestamptz '2000-01-01 00:00:00Z')`;

/**
 * What the ledger itself adds up to per meter and quarter of an hour: meter_id, bucket_at and every
 * figure. Tokens and cost come from events, everything about tasks from what is kept of each task.
 * Where the events of a month were taken out, its quarter-hours stand for them.
 */
export function ledgerSums(ctx: Ctx, range: VerifiedRange, archived: ArchivedMonths): Fragment {
  const { sql, workspaceId } = ctx;
  const events = sql`select used.meter_id, used.bucket_at, ${usageColumns(sql)}, ${noFigures(sql, taskFigures)}
    from (
      select e.meter_id, ${sql.unsafe(quarterOf("e.used_at"))} as bucket_at, ${eventSums(sql)}
      from usage_events e
      where e.workspace_id = ${workspaceId} and e.used_at >= ${range.from} and e.used_at < ${range.to}
      group by 1, 2
    ) as used
    left join usage_meters m on m.workspace_id = ${workspaceId} and m.id = used.meter_id`;
  const tasks = taskSums(ctx, range);
  if (archived.length === 0) return sql`(${events} union all ${tasks})`;
  return sql`(${events} union all ${tasks} union all ${archivedSums(ctx, range, archived)})`;
}

/** The same per meter, over the whole of one month's partition: meter_id and the figures of usage. */
export function ledgerMeters(ctx: Ctx, month: string, archived: ArchivedMonths): Fragment {
  const { sql, workspaceId } = ctx;
  if (archived.includes(month)) return archivedMeters(ctx, month);
  return sql`(
    select used.meter_id, ${usageColumns(sql)}
    from (
      select e.meter_id, ${eventSums(sql)} from usage_events e
      where e.workspace_id = ${workspaceId} and e.month = ${month}::date group by 1
    ) as used
    left join usage_meters m on m.workspace_id = ${workspaceId} and m.id = used.meter_id)`;
}

/** Figures of usage over rows `e` of the ledger; the cost that counts is `counted_pico`. */
function eventSums(sql: Sql) {
  return sql.unsafe(`count(*) as events, sum(e.input) as input, sum(e.cache_read) as cache_read,
    sum(e.cache_write_5m) as cache_write_5m, sum(coalesce(e.cache_write_1h, 0)) as cache_write_1h,
    sum(e.output) as output, sum(coalesce(e.reasoning, 0)) as reasoning,
    coalesce(sum(${countedPicoOfEvent}), 0) as counted_pico, sum(e.cache_saved_pico) as cache_saved_pico,
    count(${countedPicoOfEvent}) as priced_events,
    sum(case when e.reported_cost_pico is null then coalesce(e.unpriced_tokens, 0) else 0 end)
      as unpriced_tokens`);
}

/** Says of which sort the counted cost is, by the billing mode of the meter `m`. */
function usageColumns(sql: Sql) {
  return sql.unsafe(`used.events, used.input, used.cache_read, used.cache_write_5m,
    used.cache_write_1h, used.output, used.reasoning,
    case when m.billing_mode = 'subscription' then 0 else counted_pico end as cost_pico,
    case when m.billing_mode = 'subscription' then counted_pico else 0 end as notional_pico,
    used.cache_saved_pico, used.priced_events, used.unpriced_tokens`);
}

function taskSums(ctx: Ctx, range: VerifiedRange): Fragment {
  const { sql } = ctx;
  return sql`
    select meter_id, ${sql.unsafe(quarterOf("bucket_at"))} as bucket_at, ${figureSums(sql)}
    from ${taskPoints(ctx, range)} as happened group by 1, 2`;
}

function archivedSums(ctx: Ctx, range: VerifiedRange, archived: ArchivedMonths): Fragment {
  const { sql, workspaceId } = ctx;
  const part = (table: string): Fragment => sql`
    select b.meter_id, b.bucket_at, ${eachFigure(sql, (figure) => `b.${figure}`, usageFigures)},
      ${noFigures(sql, taskFigures)}
    from ${sql(table)} b
    join usage_meters m on m.workspace_id = b.workspace_id and m.id = b.meter_id
    where b.workspace_id = ${workspaceId} and b.bucket_at >= ${range.from}
      and b.bucket_at < ${range.to} and m.kind = 'usage' and m.month = any(${archived}::date[])`;
  return sql`${part("usage_buckets")} union all ${part("usage_tail")}`;
}

function archivedMeters({ sql, workspaceId }: Ctx, month: string): Fragment {
  const columns = figureColumns(sql, usageFigures);
  const sums = eachFigure(sql, (figure) => `sum(part.${figure}) as ${figure}`, usageFigures);
  return sql`(
    select m.id as meter_id, ${sums}
    from usage_meters m
    join (
      select meter_id, ${columns} from usage_buckets where workspace_id = ${workspaceId}
      union all
      select meter_id, ${columns} from usage_tail where workspace_id = ${workspaceId}
    ) as part on part.meter_id = m.id
    where m.workspace_id = ${workspaceId} and m.kind = 'usage' and m.month = ${month}::date
    group by 1)`;
}
