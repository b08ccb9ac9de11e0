import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure, taskFigures, usageFigures } from "../figures.ts";
import type { Range } from "../rollups/points.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/**
 * The same relation as that of the quarters of an hour, read from the ledger itself: a row per event
 * and per start or end of a task, whose bucket_at is the very instant.
 */
export function ledgerPoints(ctx: Ctx, range: Range): Fragment {
  return ctx.sql`(${eventPoints(ctx, range)} union all ${taskPoints(ctx, range)})`;
}

const dimensions = (sql: Ctx["sql"]): Fragment => sql`m.kind, m.task_id, m.issue_id, m.runtime_id,
  m.agent_id, m.project_id, m.member_id, m.provider, m.model, m.role, m.failure_class`;

function eventPoints({ sql, workspaceId }: Ctx, { from, to }: Range): Fragment {
  return sql`
    select ${dimensions(sql)}, e.used_at as bucket_at, 1 as events, e.input, e.cache_read,
      e.cache_write_5m, coalesce(e.cache_write_1h, 0) as cache_write_1h, e.output,
      coalesce(e.reasoning, 0) as reasoning,
      case when m.billing_mode = 'subscription' then 0 else coalesce(counted.pico, 0) end as cost_pico,
      case when m.billing_mode = 'subscription' then coalesce(counted.pico, 0) else 0 end
        as notional_pico,
      e.cache_saved_pico, (counted.pico is not null)::int as priced_events,
      case when e.reported_cost_pico is null then coalesce(e.unpriced_tokens, 0) else 0 end
        as unpriced_tokens, ${eachFigure(sql, (figure) => `null::bigint as ${figure}`, taskFigures)}
    from usage_events e
    join usage_meters m on m.workspace_id = e.workspace_id and m.id = e.meter_id
    cross join lateral (select usage_counted_pico(e.priced_pico, e.unpriced_tokens,
      e.reported_cost_pico, e.reported_cost_basis, e.input + e.cache_read + e.cache_write_5m
      + coalesce(e.cache_write_1h, 0) + e.output) as pico) as counted
    where e.workspace_id = ${workspaceId} and e.used_at >= ${from} and e.used_at < ${to}`;
}

function taskPoints({ sql, workspaceId }: Ctx, { from, to }: Range): Fragment {
  const ended = (outcome: string): string =>
    `(happened.is_end and t.outcome = '${outcome}')::int as tasks_${outcome}`;
  const outcomes = ["done", "no_response", "needs_input", "failed", "cancelled"].map(ended);
  const atEnd = ["run_ms", "queue_ms", "waiting_ms", "lines_added", "lines_deleted"].map(
    (column) => `case when happened.is_end then t.${column} else 0 end as ${column}`,
  );
  return sql`
    select ${dimensions(sql)}, happened.at as bucket_at,
      ${eachFigure(sql, (figure) => `null::bigint as ${figure}`, usageFigures)},
      (not happened.is_end)::int as tasks_started, ${sql.unsafe([...outcomes, ...atEnd].join(", "))},
      case when happened.is_end then t.files_changed else 0 end as files_changed
    from usage_tasks t
    join usage_meters m on m.workspace_id = t.workspace_id and m.id = t.meter_id
    cross join lateral (values (t.started_at, false), (t.ended_at, true)) as happened(at, is_end)
    where t.workspace_id = ${workspaceId} and happened.at >= ${from} and happened.at < ${to}`;
}
