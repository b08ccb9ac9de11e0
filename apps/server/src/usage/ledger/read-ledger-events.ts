import type { WorkspaceContext } from "../../platform/context.ts";
import { plainArray } from "../../platform/plain-array.ts";
import type { LedgerEvent } from "./ledger-part.ts";
import { type EarlierRow, type PartRow, toLedgerEvent } from "./to-ledger-event.ts";

/** Where an event stands: its id, and the month of the partition that holds it. */
export type EventPlace = { readonly id: string; readonly month: string };

/** An event to read: all of it, or of a running total what an increase since then may touch. */
export type EventToRead = EventPlace & { readonly since?: Date | null };

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/** Events of the ledger by id. Their tasks are locked, so nobody else changes them meanwhile. */
export async function readLedgerEvents(
  ctx: Ctx,
  places: readonly EventToRead[],
): Promise<Map<string, LedgerEvent>> {
  const growing = places.filter(({ since }) => since);
  const [rows, sums] = await Promise.all([
    readParts(ctx, places),
    growing.length === 0 ? [] : readEarlier(ctx, growing),
  ]);
  const earlier = new Map(sums.map((row) => [row.eventId, row]));
  return new Map(
    [...Map.groupBy(rows, ({ eventId }) => eventId)].map(([id, own]) => [
      id,
      toLedgerEvent(own, earlier.get(id) ?? null),
    ]),
  );
}

/**
 * SQL: events `wanted`, each with the time from which its rows are read one by one, and the rows
 * `e` of one. It is materialised because the planner would find that time again for each row.
 */
function wantedEvents({ sql, workspaceId }: Ctx, places: readonly EventToRead[]) {
  const months = places.map((place) => place.month).toSorted();
  const within = sql`e.workspace_id = ${workspaceId} and e.event_id = wanted.event_id
    and e.month >= ${months[0] ?? null}::date and e.month <= ${months.at(-1) ?? null}::date`;
  const withWanted = sql`with wanted as materialized (
    -- A cost without tokens belongs to the latest row, however long ago that was.
    select event_id, case when since is null then '-infinity'
      else least(since, (select max(e.used_at) from usage_events e where ${within})) end as from_at
    from unnest(${plainArray(places.map((place) => place.id))}::uuid[],
      ${plainArray(places.map(({ since }) => since ?? null))}::timestamptz[])
      as wanted(event_id, since)
  )`;
  return { withWanted, within };
}

/** Rows of a running total that are not read one by one, as their sums. */
function readEarlier(ctx: Ctx, places: readonly EventToRead[]): PromiseLike<EarlierRow[]> {
  const { withWanted, within } = wantedEvents(ctx, places);
  // One look-up per key, as below: sums of each are sums of its own rows alone.
  return ctx.sql<EarlierRow[]>`
    ${withWanted}
    select wanted.event_id, sums.*
    from wanted
    cross join lateral (
      select count(*)::int as count, max(e.part)::int as last_part, max(e.revision) as revision,
        sum(e.input) as input, sum(e.cache_read) as cache_read,
        sum(e.cache_write_5m) as cache_write_5m, sum(e.cache_write_1h) as cache_write_1h,
        sum(e.output) as output, sum(e.reasoning) as reasoning, sum(e.priced_pico) as priced_pico,
        sum(e.unpriced_tokens) as unpriced_tokens, sum(e.reported_cost_pico) as reported_cost_pico
      from usage_events e where ${within} and e.used_at < wanted.from_at
    ) as sums
    where sums.count > 0`;
}

function readParts(ctx: Ctx, places: readonly EventToRead[]): PromiseLike<PartRow[]> {
  const { withWanted, within } = wantedEvents(ctx, places);
  // One look-up per key, which `offset 0` keeps the planner from turning around: while the tables
  // have no statistics, it would read the whole workspace.
  return ctx.sql<PartRow[]>`
    ${withWanted}
    select part.*, m.*, p.identity as price_identity, p.rates as price_rates
    from wanted
    cross join lateral (
      select e.event_id, e.part, e.meter_id, e.price_id, e.cumulative, e.revision, e.used_at,
        e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h, e.output, e.reasoning,
        e.priced_pico, e.cache_saved_pico, e.unpriced_tokens, e.cost_is_estimate,
        e.reported_cost_pico, e.reported_cost_basis, e.raw
      from usage_events e
      where ${within} and e.used_at >= wanted.from_at
      offset 0
    ) as part
    cross join lateral (
      select kind, to_char(month, 'YYYY-MM-DD') as month, task_id, session_key, lease, issue_id,
        project_id, agent_id, runtime_id, member_id, provider, model, role, source, billing_mode,
        failure_class
      from usage_meters where workspace_id = ${ctx.workspaceId} and id = part.meter_id
      offset 0
    ) as m
    left join lateral (
      select identity, rates from usage_prices
      where workspace_id = ${ctx.workspaceId} and id = part.price_id
      offset 0
    ) as p on true
    order by part.event_id, part.used_at, part.part`;
}
