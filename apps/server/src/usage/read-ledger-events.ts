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
  const rows = await ctx.sql<PartRow[]>`
    select event_key, task_id, lease, issue_id, project_id, agent_id, runtime_id, member_id, provider,
      model, role, source, cumulative, revision, used_at, bucket_at, input, cache_read,
      cache_write_5m, cache_write_1h, output, reasoning, priced_pico, unpriced_tokens, price_id,
      cost_is_estimate, reported_cost_pico, reported_cost_basis, raw
    from usage_events
    where workspace_id = ${ctx.workspaceId} and event_key = any(${keys}::text[])
    order by event_key, bucket_at`;
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
