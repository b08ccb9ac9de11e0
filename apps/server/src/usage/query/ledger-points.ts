import type { WorkspaceContext } from "../../platform/context.ts";
import { eachFigure, noFigures, taskFigures } from "../figures.ts";
import { countedPicoOfEvent } from "../ledger/counted-pico-of-event.ts";
import type { Kinds, Range } from "../rollups/points.ts";
import { taskPoints } from "../rollups/task-points.ts";
import type { LedgerPlaces } from "./read-ledger-places.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** No event outside of these places is looked at. */
export type LedgerRange = Range & { readonly places: LedgerPlaces };

/**
 * The same relation as that of the quarters of an hour, read from the ledger itself: a row per event
 * and per start or end of a task, whose bucket_at is the very instant.
 */
export function ledgerPoints(ctx: Ctx, range: LedgerRange, kinds: Kinds): Fragment {
  const { sql } = ctx;
  if (!kinds.has("task")) return sql`(${eventPoints(ctx, range)})`;
  if (!kinds.has("usage")) return sql`(${happenings(ctx, range)})`;
  return sql`(${eventPoints(ctx, range)} union all ${happenings(ctx, range)})`;
}

const dimensions = (sql: Ctx["sql"]): Fragment => sql`m.task_id, m.issue_id, m.runtime_id,
  m.agent_id, m.project_id, m.member_id, m.provider, m.model, m.role, m.failure_class`;

function eventPoints({ sql, workspaceId }: Ctx, { from, to, places }: LedgerRange): Fragment {
  return sql`
    select ${dimensions(sql)}, e.used_at as bucket_at, 1::bigint as events, e.input, e.cache_read,
      e.cache_write_5m, e.cache_write_1h, e.output, e.reasoning,
      case when m.billing_mode <> 'subscription' then counted.pico end as cost_pico,
      case when m.billing_mode = 'subscription' then counted.pico end as notional_pico,
      e.cache_saved_pico, (counted.pico is not null)::int::bigint as priced_events,
      case when e.reported_cost_pico is null then e.unpriced_tokens end as unpriced_tokens,
      ${noFigures(sql, taskFigures)}
    from usage_events e
    join usage_meters m on m.workspace_id = e.workspace_id and m.id = e.meter_id
    cross join lateral (select ${sql.unsafe(countedPicoOfEvent)} as pico) as counted
    where e.workspace_id = ${workspaceId} and e.used_at >= ${from} and e.used_at < ${to}
      and e.month = any(${[...places.months]}::date[])
      and m.id = any(${[...places.meterIds]}::int[])`;
}

function happenings(ctx: Ctx, range: Range): Fragment {
  const { sql, workspaceId } = ctx;
  return sql`
    select ${dimensions(sql)}, p.bucket_at, ${eachFigure(sql, (figure) => `p.${figure}`)}
    from ${taskPoints(ctx, range)} p
    join usage_meters m on m.workspace_id = ${workspaceId} and m.id = p.meter_id`;
}
