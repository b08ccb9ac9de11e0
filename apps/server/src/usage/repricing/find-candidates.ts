import type { TaskId } from "@headcount/contract/kit/ids";
import { mapTokens } from "@headcount/domain/usage/token-counts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { importSubject } from "../ledger/event-id.ts";
import type { PartToPrice } from "./price-part.ts";
import type { LedgerPlace } from "./ledger-place.ts";
import type { RepricingFilter } from "./repricing-filter.ts";

/** A row that fits the filter, as it stood when it was read. */
export type Candidate = PartToPrice & {
  readonly place: LedgerPlace;
  /** Null for usage of a session that Headcount did not start. */
  readonly taskId: TaskId | null;
};

type Row = {
  month: string;
  eventId: string;
  part: number;
  taskId: TaskId | null;
  provider: string;
  model: string;
  billingMode: "api" | "subscription";
  cumulative: boolean;
  usedAt: Date;
  /** int8 */
  input: string;
  cacheRead: string;
  cacheWrite5m: string;
  cacheWrite1h: string;
  output: string;
  reasoning: string;
  pricedPico: string;
  cacheSavedPico: string;
  unpricedTokens: string;
  reportedCostPico: string | null;
  reportedCostBasis: "billed" | "estimated" | null;
  costIsEstimate: boolean;
};

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

/**
 * The next rows that fit a filter. Meters say which tasks and sources have any, and rows of those
 * lie together, so what does not fit is hardly read.
 */
export async function findCandidates(
  ctx: Ctx,
  filter: RepricingFilter,
  { after, limit }: { readonly after: LedgerPlace | null; readonly limit: number },
): Promise<Candidate[]> {
  const { sql, workspaceId } = ctx;
  const sources = await importedSources(ctx);
  const rows = await sql<Row[]>`
    with imported as (
      select source, prefix from unnest(${sources}::text[],
        ${sources.map((source) => prefixOf(importSubject(source)))}::text[]) as one(source, prefix)
    ), chosen as (
      select m.id, m.month, m.task_id, m.provider, m.model, m.billing_mode,
        coalesce(left(m.task_id::text, 13), imported.prefix) as prefix
      from usage_meters m
      left join imported on m.task_id is null and imported.source = m.source
      where m.workspace_id = ${workspaceId} and m.kind = 'usage'
        ${filter.all ? sql`` : sql`and m.unpriced_tokens > 0`}
        ${filter.provider === null ? sql`` : sql`and lower(m.provider) = ${filter.provider}`}
        ${filter.model === null ? sql`` : sql`and lower(m.model) = ${filter.model}`}
        ${filter.from === null ? sql`` : sql`and m.last_used_at >= ${filter.from}::timestamptz`}
    ), subjects as (
      select distinct month, prefix from chosen
      where ${after === null ? sql`true` : sql`(month, prefix) >= (${after.month}::date, ${prefixOf(after.id)})`}
    )
    select to_char(s.month, 'YYYY-MM-DD') as month, e.event_id, e.part, e.task_id, e.provider,
      e.model, e.billing_mode, e.cumulative, e.used_at, e.input, e.cache_read, e.cache_write_5m,
      coalesce(e.cache_write_1h, 0) as cache_write_1h, e.output,
      coalesce(e.reasoning, 0) as reasoning, e.priced_pico, e.cache_saved_pico,
      coalesce(e.unpriced_tokens, 0) as unpriced_tokens, e.reported_cost_pico,
      e.reported_cost_basis, e.cost_is_estimate
    from subjects s
    cross join lateral (
      select e.event_id, e.part, c.task_id, c.provider, c.model, c.billing_mode, e.cumulative,
        e.used_at, e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h, e.output, e.reasoning,
        e.priced_pico, e.cache_saved_pico, e.unpriced_tokens, e.reported_cost_pico,
        e.reported_cost_basis, e.cost_is_estimate
      from usage_events e
      join chosen c on c.id = e.meter_id
      where e.workspace_id = ${workspaceId} and e.month = s.month
        and e.event_id between (s.prefix || '-0000-0000-000000000000')::uuid
          and (s.prefix || '-ffff-ffff-ffffffffffff')::uuid
        ${filter.all ? sql`` : sql`and e.unpriced_tokens > 0`}
        ${filter.from === null ? sql`` : sql`and e.used_at >= ${filter.from}::timestamptz`}
        ${filter.to === null ? sql`` : sql`and e.used_at < ${filter.to}::timestamptz`}
        ${after === null ? sql`` : sql`and (s.month > ${after.month}::date or (e.event_id, e.part) > (${after.id}::uuid, ${after.part}::smallint))`}
      order by e.event_id, e.part limit ${limit}
    ) as e
    order by s.month, e.event_id, e.part limit ${limit}`;
  return rows.map(toCandidate);
}

async function importedSources({ sql, workspaceId }: Ctx): Promise<string[]> {
  const rows = await sql<{ source: string }[]>`
    select distinct source from usage_meters
    where workspace_id = ${workspaceId} and kind = 'usage' and task_id is null`;
  return rows.map((row) => row.source);
}

/** First 6 bytes of an event id: those of its task, or of what stands for its source. */
function prefixOf(id: string): string {
  return id.slice(0, 13);
}

function toCandidate(row: Row): Candidate {
  return {
    place: { month: row.month, id: row.eventId, part: row.part },
    taskId: row.taskId,
    provider: row.provider,
    model: row.model,
    billingMode: row.billingMode,
    cumulative: row.cumulative,
    figures: {
      usedAt: row.usedAt,
      tokens: mapTokens((member) => BigInt(row[member])),
      pricedPico: BigInt(row.pricedPico),
      cacheSavedPico: BigInt(row.cacheSavedPico),
      unpricedTokens: BigInt(row.unpricedTokens),
      reportedPico: row.reportedCostPico === null ? null : BigInt(row.reportedCostPico),
      reportedBasis: row.reportedCostBasis,
      isEstimate: row.costIsEstimate,
    },
  };
}
