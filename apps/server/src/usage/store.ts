import { isDeepStrictEqual } from "node:util";
import type { IssueId, ProjectId, TaskId } from "@headcount/contract/kit/ids";
import type { LedgerRow } from "@headcount/domain/usage/apply-usage";
import type { TokenCounts } from "@headcount/domain/usage/token-counts";
import type { WorkspaceContext } from "../platform/context.ts";
import {
  countedPico,
  type LedgerPart,
  type Contribution,
  type LedgerEvent,
  unknownProvider,
} from "./ledger-part.ts";
import type { EventChange, RollupChange, TaskSumChange } from "./net-change.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "newId">;

/** Writes the rows of changed events, and drops those that a correction has merged into others. */
export async function writeEvents(ctx: Ctx, changes: readonly EventChange[]): Promise<void> {
  const rows = changes.flatMap((change) => partRows(change.after, changedParts(change)));
  await deleteMergedParts(ctx, changes);
  await ctx.sql`
    insert into usage_events (workspace_id, event_key, task_id, lease, issue_id, project_id, agent_id,
      runtime_id, member_id, provider, model, role, source, cumulative, revision, used_at, bucket_at,
      received_at, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, priced_pico,
      unpriced_tokens, cost_pico, price_id, cost_is_estimate, reported_cost_pico,
      reported_cost_basis, raw)
    select ${ctx.workspaceId}, event_key, task_id, lease, issue_id, project_id, agent_id, runtime_id,
      member_id, provider, model, role, source, cumulative, revision, used_at, bucket_at, ${ctx.now},
      input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, priced_pico,
      unpriced_tokens, cost_pico, price_id, cost_is_estimate, reported_cost_pico,
      reported_cost_basis, raw
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb) as item(event_key text,
      task_id uuid, lease int, issue_id uuid, project_id uuid, agent_id uuid, runtime_id uuid,
      member_id uuid, provider text, model text, role text, source text, cumulative boolean,
      revision bigint, used_at timestamptz, bucket_at timestamptz, input bigint, cache_read bigint,
      cache_write_5m bigint, cache_write_1h bigint, output bigint, reasoning bigint,
      priced_pico bigint, unpriced_tokens bigint, cost_pico bigint, price_id text,
      cost_is_estimate boolean, reported_cost_pico bigint, reported_cost_basis text, raw jsonb)
    on conflict (workspace_id, event_key, bucket_at) do update set role = excluded.role,
      revision = excluded.revision, used_at = excluded.used_at, received_at = excluded.received_at,
      input = excluded.input, cache_read = excluded.cache_read,
      cache_write_5m = excluded.cache_write_5m, cache_write_1h = excluded.cache_write_1h,
      output = excluded.output, reasoning = excluded.reasoning,
      priced_pico = excluded.priced_pico, unpriced_tokens = excluded.unpriced_tokens,
      cost_pico = excluded.cost_pico, price_id = excluded.price_id,
      cost_is_estimate = excluded.cost_is_estimate,
      reported_cost_pico = excluded.reported_cost_pico,
      reported_cost_basis = excluded.reported_cost_basis, raw = excluded.raw`;
}

async function deleteMergedParts(ctx: Ctx, changes: readonly EventChange[]): Promise<void> {
  const merged = changes.flatMap(({ before, after }) => {
    const kept = new Set(after.parts.map((part) => part.bucketAt.getTime()));
    const gone = before?.parts.filter((part) => !kept.has(part.bucketAt.getTime())) ?? [];
    return gone.map((part) => ({ key: after.key, bucketAt: part.bucketAt }));
  });
  if (merged.length === 0) return;
  await ctx.sql`
    delete from usage_events e
    using unnest(${merged.map((part) => part.key)}::text[],
      ${merged.map((part) => part.bucketAt.toISOString())}::timestamptz[]) as item(event_key, bucket_at)
    where e.workspace_id = ${ctx.workspaceId} and e.event_key = item.event_key
      and e.bucket_at = item.bucket_at`;
}

/** A long run has many rows under one key, and only the latest of them grows. */
function changedParts({ before, after }: EventChange): LedgerPart[] {
  const known = new Map(before?.parts.map((part) => [part.bucketAt.getTime(), part]));
  const changed = after.parts.filter(
    (part) => !isDeepStrictEqual(part, known.get(part.bucketAt.getTime())),
  );
  // When only the revision is new, one row has to carry it.
  return changed.length > 0 ? changed : after.parts.slice(-1);
}

function partRows(event: LedgerEvent, parts: readonly LedgerPart[]): Record<string, unknown>[] {
  return parts.map((part) => ({
    event_key: event.key,
    task_id: event.taskId,
    lease: event.lease,
    issue_id: event.issueId,
    project_id: event.projectId,
    agent_id: event.agentId,
    runtime_id: event.runtimeId,
    member_id: event.memberId,
    provider: event.provider ?? unknownProvider,
    model: event.model,
    role: event.role,
    source: event.source,
    cumulative: event.cumulative,
    revision: event.revision.toString(),
    used_at: part.usedAt.toISOString(),
    bucket_at: part.bucketAt.toISOString(),
    ...tokenColumns(part.tokens),
    priced_pico: part.pricedPico.toString(),
    unpriced_tokens: part.unpricedTokens.toString(),
    cost_pico: countedPico(part)?.toString() ?? null,
    price_id: part.priceId,
    cost_is_estimate: part.isEstimate,
    reported_cost_pico: part.reportedPico?.toString() ?? null,
    reported_cost_basis: part.reportedBasis,
    raw: part.raw,
  }));
}

/** Decimal strings: JSON numbers would lose digits beyond 2^53. */
function tokenColumns(tokens: TokenCounts): Record<string, string> {
  return {
    input: tokens.input.toString(),
    cache_read: tokens.cacheRead.toString(),
    cache_write_5m: tokens.cacheWrite5m.toString(),
    cache_write_1h: tokens.cacheWrite1h.toString(),
    output: tokens.output.toString(),
    reasoning: tokens.reasoning.toString(),
  };
}

function contributionColumns(change: Contribution): Record<string, string> {
  return {
    events: change.events.toString(),
    ...tokenColumns(change.tokens),
    cost_pico: change.costPico.toString(),
    priced_events: change.pricedEvents.toString(),
    unpriced_tokens: change.unpricedTokens.toString(),
  };
}

/** Adds to the sums per bucket. Rows are locked in the order of their key. */
export async function addToRollups(ctx: Ctx, changes: readonly RollupChange[]): Promise<void> {
  const rows = changes.map((change) => ({
    bucket_at: change.bucketAt.toISOString(),
    agent_id: change.agentId,
    provider: change.provider,
    model: change.model,
    last_used_at: change.lastUsedAt.toISOString(),
    ...contributionColumns(change),
  }));
  await ctx.sql`
    insert into usage_rollups as stored (workspace_id, bucket_at, agent_id, provider, model, events,
      input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, cost_pico,
      priced_events, unpriced_tokens, last_used_at)
    select ${ctx.workspaceId}, bucket_at, agent_id, provider, model, events, input, cache_read,
      cache_write_5m, cache_write_1h, output, reasoning, cost_pico, priced_events, unpriced_tokens,
      last_used_at
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb) as item(bucket_at timestamptz,
      agent_id uuid, provider text, model text, events bigint, input numeric, cache_read numeric,
      cache_write_5m numeric, cache_write_1h numeric, output numeric, reasoning numeric,
      cost_pico numeric, priced_events bigint, unpriced_tokens numeric, last_used_at timestamptz)
    order by bucket_at, agent_id, provider, model
    on conflict (workspace_id, bucket_at, agent_id, provider, model) do update set
      events = stored.events + excluded.events, input = stored.input + excluded.input,
      cache_read = stored.cache_read + excluded.cache_read,
      cache_write_5m = stored.cache_write_5m + excluded.cache_write_5m,
      cache_write_1h = stored.cache_write_1h + excluded.cache_write_1h,
      output = stored.output + excluded.output, reasoning = stored.reasoning + excluded.reasoning,
      cost_pico = stored.cost_pico + excluded.cost_pico,
      priced_events = stored.priced_events + excluded.priced_events,
      unpriced_tokens = stored.unpriced_tokens + excluded.unpriced_tokens,
      last_used_at = greatest(stored.last_used_at, excluded.last_used_at)`;
}

/** Adds to the sums per task. Rows are locked in the order of their key. */
export async function addToTaskSums(ctx: Ctx, changes: readonly TaskSumChange[]): Promise<void> {
  const rows = changes.map((change) => ({
    task_id: change.taskId,
    issue_id: change.issueId,
    provider: change.provider,
    model: change.model,
    last_used_at: change.lastUsedAt.toISOString(),
    ...contributionColumns(change),
  }));
  await ctx.sql`
    insert into usage_by_task as stored (workspace_id, task_id, provider, model, issue_id, events,
      input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, cost_pico,
      priced_events, unpriced_tokens, last_used_at)
    select ${ctx.workspaceId}, task_id, provider, model, issue_id, events, input, cache_read,
      cache_write_5m, cache_write_1h, output, reasoning, cost_pico, priced_events, unpriced_tokens,
      last_used_at
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb) as item(task_id uuid,
      provider text, model text, issue_id uuid, events bigint, input numeric, cache_read numeric,
      cache_write_5m numeric, cache_write_1h numeric, output numeric, reasoning numeric,
      cost_pico numeric, priced_events bigint, unpriced_tokens numeric, last_used_at timestamptz)
    order by task_id, provider, model
    on conflict (workspace_id, task_id, provider, model) do update set
      events = stored.events + excluded.events, input = stored.input + excluded.input,
      cache_read = stored.cache_read + excluded.cache_read,
      cache_write_5m = stored.cache_write_5m + excluded.cache_write_5m,
      cache_write_1h = stored.cache_write_1h + excluded.cache_write_1h,
      output = stored.output + excluded.output, reasoning = stored.reasoning + excluded.reasoning,
      cost_pico = stored.cost_pico + excluded.cost_pico,
      priced_events = stored.priced_events + excluded.priced_events,
      unpriced_tokens = stored.unpriced_tokens + excluded.unpriced_tokens,
      last_used_at = greatest(stored.last_used_at, excluded.last_used_at)`;
}

export type ReplacedFigures = { readonly key: string; readonly previous: LedgerRow };

/** Keeps what corrected events said before. */
export async function insertCorrections(
  ctx: Ctx,
  replaced: readonly ReplacedFigures[],
): Promise<void> {
  const rows = replaced.map(({ key, previous }) => ({
    id: ctx.newId(),
    event_key: key,
    previous: {
      ...previous,
      revision: previous.revision.toString(),
      tokens: tokenColumns(previous.tokens),
      pricedPico: previous.pricedPico.toString(),
      unpricedTokens: previous.unpricedTokens.toString(),
      reportedPico: previous.reportedPico?.toString() ?? null,
    },
  }));
  await ctx.sql`
    insert into usage_corrections (workspace_id, id, event_key, corrected_at, previous)
    select ${ctx.workspaceId}, id, event_key, ${ctx.now}, previous
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb)
      as item(id uuid, event_key text, previous jsonb)`;
}

export type RefusedRecord = {
  readonly taskId: TaskId;
  readonly reason: string;
  readonly record: unknown;
};

/** Keeps refused records where an operator can look at them. */
export async function insertQuarantined(
  ctx: Ctx,
  refused: readonly RefusedRecord[],
): Promise<void> {
  const rows = refused.map(({ taskId, reason, record }) => ({
    id: ctx.newId(),
    task_id: taskId,
    reason,
    record,
  }));
  await ctx.sql`
    insert into usage_quarantine (workspace_id, id, task_id, received_at, reason, record)
    select ${ctx.workspaceId}, id, task_id, ${ctx.now}, reason, record
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb)
      as item(id uuid, task_id uuid, reason text, record jsonb)`;
}

/** Lets the ledger rows of an issue follow it into another project. */
export async function setProjectOfEvents(
  ctx: Pick<Ctx, "sql" | "workspaceId">,
  issueId: IssueId,
  projectId: ProjectId | null,
): Promise<void> {
  await ctx.sql`
    update usage_events set project_id = ${projectId}
    where workspace_id = ${ctx.workspaceId} and issue_id = ${issueId}
      and project_id is distinct from ${projectId}::uuid`;
}
