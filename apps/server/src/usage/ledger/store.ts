import { isDeepStrictEqual } from "node:util";
import type { TaskId } from "@headcount/contract/kit/ids";
import type { LedgerRow } from "@headcount/domain/usage/apply-usage";
import type { TokenCounts } from "@headcount/domain/usage/token-counts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { plainArray } from "../../platform/plain-array.ts";
import type { LedgerEvent, LedgerPart } from "./ledger-part.ts";
import { meterKeyText } from "./meter.ts";
import { type EventChange, isMoved } from "./net-change.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "newId">;

/** Ids of rows that events refer to, by the text that names them. */
export type EventReferences = {
  /** By `meterKeyText`. */
  readonly meterIds: ReadonlyMap<string, number>;
  /** By the identity of a price. */
  readonly priceIds: ReadonlyMap<string, number>;
};

type PartToWrite = { readonly event: LedgerEvent; readonly part: LedgerPart };

/** Writes the rows of changed events, and drops those that a correction has merged into others. */
export async function writeEvents(
  ctx: Ctx,
  changes: readonly EventChange[],
  references: EventReferences,
): Promise<void> {
  await deleteMergedParts(ctx, changes);
  const isNew = ({ before }: EventChange): boolean => before === null;
  const added = changes.filter(isNew).flatMap(changedParts);
  const changed = changes.filter((change) => !isNew(change)).flatMap(changedParts);
  // Nobody else writes events of a task that is locked, so what was not there needs no second look.
  if (added.length > 0) await insertion(ctx, added, references);
  if (changed.length > 0) await upsertParts(ctx, changed, references);
}

async function upsertParts(
  ctx: Ctx,
  rows: readonly PartToWrite[],
  references: EventReferences,
): Promise<void> {
  await ctx.sql`${insertion(ctx, rows, references)}
    on conflict (workspace_id, event_id, part, month) do update set used_at = excluded.used_at,
      input = excluded.input, cache_read = excluded.cache_read,
      cache_write_5m = excluded.cache_write_5m, cache_write_1h = excluded.cache_write_1h,
      output = excluded.output, reasoning = excluded.reasoning, priced_pico = excluded.priced_pico,
      cache_saved_pico = excluded.cache_saved_pico, unpriced_tokens = excluded.unpriced_tokens,
      reported_cost_pico = excluded.reported_cost_pico, revision = excluded.revision,
      meter_id = excluded.meter_id, price_id = excluded.price_id,
      cost_is_estimate = excluded.cost_is_estimate,
      reported_cost_basis = excluded.reported_cost_basis, raw = excluded.raw`;
}

function insertion(ctx: Ctx, rows: readonly PartToWrite[], references: EventReferences) {
  const list = (of: (row: PartToWrite) => Parameters<typeof plainArray>[0][number]): string =>
    plainArray(rows.map(of));
  const tokens = (member: keyof TokenCounts) => list(({ part }) => part.tokens[member]);
  const orNull = (value: bigint | null): bigint | null => (value === 0n ? null : value);
  return ctx.sql`
    insert into usage_events (workspace_id, event_id, used_at, received_at, input, cache_read,
      cache_write_5m, cache_write_1h, output, reasoning, priced_pico, cache_saved_pico,
      unpriced_tokens, reported_cost_pico, revision, meter_id, price_id, month, part, cumulative,
      cost_is_estimate, reported_cost_basis, raw)
    select ${ctx.workspaceId}, event_id, used_at, ${ctx.now}, input, cache_read, cache_write_5m,
      cache_write_1h, output, reasoning, priced_pico, cache_saved_pico, unpriced_tokens,
      reported_cost_pico, revision, meter_id, price_id, month, part, cumulative, cost_is_estimate,
      reported_cost_basis, raw::jsonb
    from unnest(
      ${list(({ event }) => event.id)}::uuid[], ${list(({ part }) => part.usedAt)}::timestamptz[],
      ${tokens("input")}::bigint[], ${tokens("cacheRead")}::bigint[],
      ${tokens("cacheWrite5m")}::bigint[],
      ${list(({ part }) => orNull(part.tokens.cacheWrite1h))}::bigint[],
      ${tokens("output")}::bigint[],
      ${list(({ part }) => orNull(part.tokens.reasoning))}::bigint[],
      ${list(({ part }) => part.pricedPico)}::bigint[],
      ${list(({ part }) => part.cacheSavedPico)}::bigint[],
      ${list(({ part }) => orNull(part.unpricedTokens))}::bigint[],
      ${list(({ part }) => part.reportedPico)}::bigint[],
      ${list(({ event }) => orNull(event.revision))}::bigint[],
      ${list(({ event }) => references.meterIds.get(meterKeyText(event.meter)) ?? null)}::int[],
      ${list(({ part }) => references.priceIds.get(part.price?.identity ?? "") ?? null)}::int[],
      ${list(({ event }) => event.meter.month)}::date[],
      ${list(({ part }) => part.part)}::smallint[],
      ${list(({ event }) => event.cumulative)}::boolean[],
      ${list(({ part }) => part.isEstimate)}::boolean[],
      ${list(({ part }) => part.reportedBasis)}::text[],
      ${rows.map(({ part }) => (part.raw === null ? null : JSON.stringify(part.raw)))}::text[]
    ) as item(event_id, used_at, input, cache_read, cache_write_5m, cache_write_1h, output,
      reasoning, priced_pico, cache_saved_pico, unpriced_tokens, reported_cost_pico, revision,
      meter_id, price_id, month, part, cumulative, cost_is_estimate, reported_cost_basis, raw)`;
}

async function deleteMergedParts(ctx: Ctx, changes: readonly EventChange[]): Promise<void> {
  const merged = changes.flatMap(({ before, after }) => {
    const kept = new Set(after.parts.map((part) => part.part));
    const gone = before?.parts.filter((part) => !kept.has(part.part)) ?? [];
    return gone.map((part) => ({ event: after, part: part.part }));
  });
  if (merged.length === 0) return;
  await ctx.sql`
    delete from usage_events e
    using unnest(${merged.map(({ event }) => event.id)}::uuid[],
      ${merged.map(({ part }) => part)}::smallint[],
      ${merged.map(({ event }) => event.meter.month)}::date[]) as item(event_id, part, month)
    where e.workspace_id = ${ctx.workspaceId} and e.event_id = item.event_id
      and e.part = item.part and e.month = item.month`;
}

/** A long run has many rows under one key, and only the latest of them grows. */
function changedParts({ before, after }: EventChange): PartToWrite[] {
  if (before === null) return after.parts.map((part) => ({ event: after, part }));
  const known = new Map(before.parts.map((part) => [part.part, part]));
  const changed = after.parts.filter(
    (part) => !isDeepStrictEqual(part, known.get(part.part)) || isMoved(before, after),
  );
  // When only the revision is new, one row has to carry it.
  const parts = changed.length > 0 ? changed : after.parts.slice(-1);
  return parts.map((part) => ({ event: after, part }));
}

export type ReplacedFigures = { readonly eventId: string; readonly previous: LedgerRow };

/** Keeps what corrected events said before. */
export async function insertCorrections(
  ctx: Ctx,
  replaced: readonly ReplacedFigures[],
): Promise<void> {
  const rows = replaced.map(({ eventId, previous }) => ({
    id: ctx.newId(),
    event_id: eventId,
    previous: JSON.parse(
      JSON.stringify(previous, (_, value: unknown) =>
        typeof value === "bigint" ? value.toString() : value,
      ),
    ) as unknown,
  }));
  await ctx.sql`
    insert into usage_corrections (workspace_id, id, event_id, corrected_at, previous)
    select ${ctx.workspaceId}, id, event_id, ${ctx.now}, previous
    from jsonb_to_recordset(${ctx.sql.json(rows as never)}::jsonb)
      as item(id uuid, event_id uuid, previous jsonb)`;
}

export type RefusedRecord = {
  /** Null for usage of a session without a task. */
  readonly taskId: TaskId | null;
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
