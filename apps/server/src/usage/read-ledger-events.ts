import { mapTokens } from "@headcount/domain/usage/token-counts";
import type { WorkspaceContext } from "../platform/context.ts";
import {
  type LedgerEvent,
  type LedgerPart,
  unknownProvider,
  type UsageDimensions,
} from "./ledger-part.ts";

type PartRow = UsageDimensions & {
  eventKey: string;
  provider: string;
  model: string;
  role: string;
  source: string;
  cumulative: boolean;
  usedAt: Date;
  bucketAt: Date;
  priceId: string | null;
  costIsEstimate: boolean;
  reportedCostBasis: "billed" | "estimated" | null;
  raw: unknown;
  /** int8 */
  revision: string;
  input: string;
  cacheRead: string;
  cacheWrite5m: string;
  cacheWrite1h: string;
  output: string;
  reasoning: string;
  pricedPico: string;
  unpricedTokens: string;
  reportedCostPico: string | null;
};

/** Events of the ledger by key. Their tasks are locked, so nobody else changes them meanwhile. */
export async function readLedgerEvents(
  ctx: Pick<WorkspaceContext, "sql" | "workspaceId">,
  keys: readonly string[],
): Promise<Map<string, LedgerEvent>> {
  // One look-up per key: while the table has no statistics, `= any(keys)` reads the whole workspace.
  const rows = await ctx.sql<PartRow[]>`
    select part.* from unnest(${keys}::text[]) as wanted(event_key)
    cross join lateral (
      select e.event_key, e.task_id, e.lease, e.issue_id, e.project_id, e.agent_id, e.runtime_id,
        e.member_id, e.provider, e.model, e.role, e.source, e.cumulative, e.revision, e.used_at,
        e.bucket_at, e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h, e.output,
        e.reasoning, e.priced_pico, e.unpriced_tokens, e.price_id, e.cost_is_estimate,
        e.reported_cost_pico, e.reported_cost_basis, e.raw
      from usage_events e
      where e.workspace_id = ${ctx.workspaceId} and e.event_key = wanted.event_key
      order by e.bucket_at
    ) as part`;
  const events = new Map<string, LedgerEvent>();
  for (const row of rows) {
    const known = events.get(row.eventKey);
    const parts = [...(known?.parts ?? []), toPart(row)];
    const revision = largest(known?.revision ?? 0n, BigInt(row.revision));
    events.set(row.eventKey, { ...toEvent(row), revision, parts });
  }
  return events;
}

function toEvent(row: PartRow): Omit<LedgerEvent, "parts" | "revision"> {
  const { taskId, lease, issueId, projectId, agentId, runtimeId, memberId } = row;
  return {
    key: row.eventKey,
    taskId,
    lease,
    issueId,
    projectId,
    agentId,
    runtimeId,
    memberId,
    provider: row.provider === unknownProvider ? null : row.provider,
    model: row.model,
    role: row.role,
    source: row.source,
    cumulative: row.cumulative,
  };
}

function toPart(row: PartRow): LedgerPart {
  const counts = {
    input: row.input,
    cacheRead: row.cacheRead,
    cacheWrite5m: row.cacheWrite5m,
    cacheWrite1h: row.cacheWrite1h,
    output: row.output,
    reasoning: row.reasoning,
  };
  return {
    bucketAt: row.bucketAt,
    usedAt: row.usedAt,
    tokens: mapTokens((member) => BigInt(counts[member])),
    pricedPico: BigInt(row.pricedPico),
    unpricedTokens: BigInt(row.unpricedTokens),
    reportedPico: row.reportedCostPico === null ? null : BigInt(row.reportedCostPico),
    reportedBasis: row.reportedCostBasis,
    priceId: row.priceId,
    isEstimate: row.costIsEstimate,
    raw: row.raw,
  };
}

function largest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
