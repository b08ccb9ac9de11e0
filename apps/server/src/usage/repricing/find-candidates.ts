import type { TaskId } from "@headcount/contract/kit/ids";
import { mapTokens } from "@headcount/domain/usage/token-counts";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { PartToPrice } from "./price-part.ts";
import type { LedgerPlace } from "./ledger-place.ts";
import type { RepricingFilter } from "./repricing-filter.ts";
import { namedOnly, type Subject, walkSubjects } from "./walk-subjects.ts";

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

/** Rows after a place, at most so many. */
export type Page = { readonly after: LedgerPlace | null; readonly limit: number };

/**
 * The next rows that fit a filter, fewer than the limit only at the end. Meters say which tasks and
 * sources have any, and rows of those lie together, so what does not fit is hardly read.
 */
export async function findCandidates(
  ctx: Ctx,
  filter: RepricingFilter,
  { after, limit }: Page,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const subjects = walkSubjects(ctx, filter, { after, limit });
  for await (const batch of subjects) {
    const page = { after, limit: limit - found.length };
    found.push(...(await readRows(ctx, filter, { ...page, subjects: batch })));
    if (found.length === limit) break;
  }
  return found;
}

async function readRows(
  ctx: Ctx,
  filter: RepricingFilter,
  page: Page & { readonly subjects: readonly Subject[] },
): Promise<Candidate[]> {
  const { sql, workspaceId } = ctx;
  const { after, limit, subjects } = page;
  // `offset 0`: while the table has no statistics, every row would be compared with every meter.
  const rows = await sql<Row[]>`
    select to_char(s.month, 'YYYY-MM-DD') as month, e.event_id, e.part, e.task_id, e.provider,
      e.model, e.billing_mode, e.cumulative, e.used_at, e.input, e.cache_read, e.cache_write_5m,
      coalesce(e.cache_write_1h, 0) as cache_write_1h, e.output,
      coalesce(e.reasoning, 0) as reasoning, e.priced_pico, e.cache_saved_pico,
      coalesce(e.unpriced_tokens, 0) as unpriced_tokens, e.reported_cost_pico,
      e.reported_cost_basis, e.cost_is_estimate
    from unnest(${subjects.map((subject) => subject.month)}::date[],
      ${subjects.map((subject) => `${subject.prefix}-0000-0000-000000000000`)}::uuid[],
      ${subjects.map((subject) => `${subject.prefix}-ffff-ffff-ffffffffffff`)}::uuid[])
      as s(month, first_id, last_id)
    cross join lateral (
      select e.event_id, e.part, m.task_id, m.provider, m.model, m.billing_mode, e.cumulative,
        e.used_at, e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h, e.output, e.reasoning,
        e.priced_pico, e.cache_saved_pico, e.unpriced_tokens, e.reported_cost_pico,
        e.reported_cost_basis, e.cost_is_estimate
      from usage_events e
      cross join lateral (
        select m.task_id, m.provider, m.model, m.billing_mode from usage_meters m
        where m.workspace_id = ${workspaceId} and m.id = e.meter_id ${namedOnly(ctx, filter)}
        offset 0
      ) as m
      where e.workspace_id = ${workspaceId} and e.month = s.month
        and e.event_id between s.first_id and s.last_id
        ${filter.all ? sql`` : sql`and e.unpriced_tokens > 0 and e.reported_cost_pico is null`}
        ${filter.from === null ? sql`` : sql`and e.used_at >= ${filter.from}::timestamptz`}
        ${filter.to === null ? sql`` : sql`and e.used_at < ${filter.to}::timestamptz`}
        ${after === null ? sql`` : sql`and (s.month > ${after.month}::date or (e.event_id, e.part) > (${after.id}::uuid, ${after.part}::smallint))`}
      order by e.event_id, e.part limit ${limit}
    ) as e
    order by s.month, e.event_id, e.part limit ${limit}`;
  return rows.map(toCandidate);
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
