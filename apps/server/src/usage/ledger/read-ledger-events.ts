import { bucketOf } from "@headcount/domain/usage/buckets";
import { mapTokens } from "@headcount/domain/usage/token-counts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { plainArray } from "../../platform/plain-array.ts";
import type { LedgerEvent, LedgerPart } from "./ledger-part.ts";
import type { MeterDimensions } from "./meter.ts";

type PartRow = MeterDimensions & {
  eventId: string;
  part: number;
  cumulative: boolean;
  usedAt: Date;
  priceIdentity: string | null;
  priceRates: unknown;
  costIsEstimate: boolean;
  reportedCostBasis: "billed" | "estimated" | null;
  raw: unknown;
  /** int8 */
  revision: string | null;
  input: string;
  cacheRead: string;
  cacheWrite5m: string;
  cacheWrite1h: string | null;
  output: string;
  reasoning: string | null;
  pricedPico: string;
  cacheSavedPico: string;
  unpricedTokens: string | null;
  reportedCostPico: string | null;
};

/** Where an event stands: its id, and the month of the partition that holds it. */
export type EventPlace = { readonly id: string; readonly month: string };

/** Events of the ledger by id. Their tasks are locked, so nobody else changes them meanwhile. */
export async function readLedgerEvents(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  places: readonly EventPlace[],
): Promise<Map<string, LedgerEvent>> {
  const months = places.map((place) => place.month).toSorted();
  const first = months[0] ?? null;
  const last = months.at(-1) ?? null;
  // One look-up per key, which `offset 0` keeps the planner from turning around: while the tables
  // have no statistics, it would read the whole workspace.
  const rows = await ctx.sql<PartRow[]>`
    select part.*, m.*, p.identity as price_identity, p.rates as price_rates
    from unnest(${plainArray(places.map((place) => place.id))}::uuid[]) as wanted(event_id)
    cross join lateral (
      select e.event_id, e.part, e.meter_id, e.price_id, e.cumulative, e.revision, e.used_at,
        e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h, e.output, e.reasoning,
        e.priced_pico, e.cache_saved_pico, e.unpriced_tokens, e.cost_is_estimate,
        e.reported_cost_pico, e.reported_cost_basis, e.raw
      from usage_events e
      where e.workspace_id = ${ctx.workspaceId} and e.event_id = wanted.event_id
        and e.month >= ${first}::date and e.month <= ${last}::date
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
    order by part.event_id, part.used_at`;
  const events = new Map<string, LedgerEvent>();
  for (const row of rows) {
    const known = events.get(row.eventId);
    const parts = [...(known?.parts ?? []), toPart(row)];
    const revision = largest(known?.revision ?? 0n, BigInt(row.revision ?? 0));
    const { eventId: id, cumulative } = row;
    events.set(id, { id, meter: toMeter(row), cumulative, revision, parts });
  }
  return events;
}

function toMeter(row: PartRow): MeterDimensions {
  const { kind, month, taskId, sessionKey, lease, provider, model, role, source } = row;
  const { billingMode, failureClass, issueId, projectId, agentId, runtimeId, memberId } = row;
  const key = { kind, month, taskId, sessionKey, lease, provider, model, role, source };
  const place = { issueId, projectId, agentId, runtimeId, memberId };
  return { ...key, billingMode, failureClass, ...place };
}

function toPart(row: PartRow): LedgerPart {
  const counts = {
    input: row.input,
    cacheRead: row.cacheRead,
    cacheWrite5m: row.cacheWrite5m,
    cacheWrite1h: row.cacheWrite1h ?? "0",
    output: row.output,
    reasoning: row.reasoning ?? "0",
  };
  const { priceIdentity: identity, priceRates: rates } = row;
  return {
    part: row.part,
    bucketAt: bucketOf(row.usedAt),
    usedAt: row.usedAt,
    tokens: mapTokens((member) => BigInt(counts[member])),
    pricedPico: BigInt(row.pricedPico),
    cacheSavedPico: BigInt(row.cacheSavedPico),
    unpricedTokens: BigInt(row.unpricedTokens ?? 0),
    reportedPico: row.reportedCostPico === null ? null : BigInt(row.reportedCostPico),
    reportedBasis: row.reportedCostBasis,
    price: identity === null ? null : { identity, rates },
    isEstimate: row.costIsEstimate,
    raw: row.raw,
  };
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
