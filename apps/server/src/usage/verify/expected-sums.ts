import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure, taskFigures, usageFigures } from "../figures.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** `from` inclusive, `to` exclusive; null reads everything. */
export type VerifiedRange = { readonly from: Date; readonly to: Date } | null;

const quarterOf = (column: string): string =>
  `date_bin('15 minutes', ${column}, timestamptz '2000-01-01 00:00:00Z')`;

/**
 * What the ledger itself adds up to per meter and quarter of an hour: meter_id, bucket_at and every
 * figure. Tokens and cost come from events, everything about tasks from what is kept of each task.
 */
export function ledgerBuckets(ctx: Ctx, range: VerifiedRange): Fragment {
  return ctx.sql`(${eventBuckets(ctx, range)} union all ${taskBuckets(ctx, range)})`;
}

function eventBuckets({ sql, workspaceId }: Ctx, range: VerifiedRange): Fragment {
  const within = range ? sql`and e.used_at >= ${range.from} and e.used_at < ${range.to}` : sql``;
  const tokens = sql.unsafe(
    "e.input + e.cache_read + e.cache_write_5m + coalesce(e.cache_write_1h, 0) + e.output",
  );
  return sql`
    select used.meter_id, used.bucket_at, used.events, used.input, used.cache_read,
      used.cache_write_5m, used.cache_write_1h, used.output, used.reasoning,
      case when m.billing_mode = 'subscription' then 0 else counted_pico end as cost_pico,
      case when m.billing_mode = 'subscription' then counted_pico else 0 end as notional_pico,
      used.cache_saved_pico, used.priced_events, used.unpriced_tokens, ${nulls(sql, taskFigures)}
    from (
      select e.meter_id, ${sql.unsafe(quarterOf("e.used_at"))} as bucket_at, count(*) as events,
        sum(e.input) as input, sum(e.cache_read) as cache_read,
        sum(e.cache_write_5m) as cache_write_5m, sum(coalesce(e.cache_write_1h, 0)) as cache_write_1h,
        sum(e.output) as output, sum(coalesce(e.reasoning, 0)) as reasoning,
        coalesce(sum(usage_counted_pico(e.priced_pico, e.unpriced_tokens, e.reported_cost_pico,
          e.reported_cost_basis, ${tokens})), 0) as counted_pico,
        sum(e.cache_saved_pico) as cache_saved_pico,
        count(usage_counted_pico(e.priced_pico, e.unpriced_tokens, e.reported_cost_pico,
          e.reported_cost_basis, ${tokens})) as priced_events,
        sum(case when e.reported_cost_pico is null then coalesce(e.unpriced_tokens, 0) else 0 end)
          as unpriced_tokens
      from usage_events e where e.workspace_id = ${workspaceId} ${within}
      group by 1, 2
    ) as used
    join usage_meters m on m.workspace_id = ${workspaceId} and m.id = used.meter_id`;
}

function taskBuckets({ sql, workspaceId }: Ctx, range: VerifiedRange): Fragment {
  const within = range ? sql`where at >= ${range.from} and at < ${range.to}` : sql``;
  const when = (outcome: string): string =>
    `sum(case when is_end and outcome = '${outcome}' then 1 else 0 end)`;
  const atEnd = (column: string): string => `sum(case when is_end then ${column} else 0 end)`;
  return sql`
    select meter_id, ${sql.unsafe(quarterOf("at"))} as bucket_at, ${nulls(sql, usageFigures)},
      sum(case when is_end then 0 else 1 end) as tasks_started,
      ${sql.unsafe(
        [
          when("done"),
          when("no_response"),
          when("needs_input"),
          when("failed"),
          when("cancelled"),
          ...["run_ms", "queue_ms", "waiting_ms", "lines_added", "lines_deleted"].map(atEnd),
          atEnd("files_changed"),
        ].join(", "),
      )}
    from (
      select meter_id, started_at as at, false as is_end, outcome, run_ms, queue_ms, waiting_ms,
        lines_added, lines_deleted, files_changed
      from usage_tasks where workspace_id = ${workspaceId} and started_at is not null
      union all
      select meter_id, ended_at, true, outcome, run_ms, queue_ms, waiting_ms, lines_added,
        lines_deleted, files_changed
      from usage_tasks where workspace_id = ${workspaceId} and ended_at is not null
    ) as facts ${within}
    group by 1, 2`;
}

const nulls = (
  sql: Ctx["sql"],
  figures: readonly (typeof taskFigures | typeof usageFigures)[number][],
) => eachFigure(sql, (figure) => `null::numeric as ${figure}`, figures);
