import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../../platform/context.ts";
import { plainArray } from "../../platform/plain-array.ts";
import { usageFigures } from "../figures.ts";
import { pivots, seriesColumns, type SeriesOfMeter } from "../rollups/pivots.ts";
import { type MeterDimensions, meterFingerprint, meterKeyText } from "./meter.ts";
import type { MeterChange } from "./net-change.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type NewMeter = MeterDimensions & SeriesOfMeter;

/** Opens meters that nobody has opened yet. The caller has made sure of that and holds their tasks. */
export async function insertMeters(ctx: Ctx, meters: readonly NewMeter[]): Promise<void> {
  const column = <T>(of: (meter: NewMeter) => T): T[] => meters.map(of);
  await ctx.sql`
    insert into usage_meters (workspace_id, fingerprint, kind, month, task_id, session_key, lease, issue_id,
      project_id, agent_id, runtime_id, member_id, provider, model, role, source, billing_mode,
      failure_class, ${ctx.sql.unsafe(seriesColumns)})
    select ${ctx.workspaceId}, item.* from unnest(
      ${column((m) => meterFingerprint(m))}::uuid[],
      ${column((m) => m.kind)}::text[], ${column((m) => m.month)}::date[],
      ${column((m) => m.taskId)}::uuid[], ${column((m) => m.sessionKey)}::uuid[],
      ${column((m) => m.lease)}::int[], ${column((m) => m.issueId)}::uuid[],
      ${column((m) => m.projectId)}::uuid[], ${column((m) => m.agentId)}::uuid[],
      ${column((m) => m.runtimeId)}::uuid[], ${column((m) => m.memberId)}::uuid[],
      ${column((m) => m.provider)}::text[], ${column((m) => m.model)}::text[],
      ${column((m) => m.role)}::text[], ${column((m) => m.source)}::text[],
      ${column((m) => m.billingMode)}::text[], ${column((m) => m.failureClass)}::text[],
      ${seriesArrays(ctx, meters)}) as item
    on conflict do nothing`;
}

/** One array per pivot, in the order of `seriesColumns`. */
function seriesArrays({ sql }: Ctx, meters: readonly SeriesOfMeter[]): Fragment {
  const [first, ...others] = pivots.map(
    (pivot): Fragment => sql`${plainArray(meters.map((meter) => meter[`${pivot}Series`]))}::int[]`,
  );
  return others.reduce<Fragment>((all, one) => sql`${all}, ${one}`, first ?? sql``);
}

/** Adds to what meters show. */
export async function addToMeters(
  ctx: Ctx,
  changes: readonly MeterChange[],
  meterIds: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = changes.map((row) => ({
    ...row,
    id: meterIds.get(meterKeyText(row.meter)) ?? null,
  }));
  const figure = (of: (change: MeterChange["change"]) => bigint): string =>
    plainArray(rows.map(({ change }) => of(change)));
  await ctx.sql`
    update usage_meters m set events = m.events + item.events, input = m.input + item.input,
      cache_read = m.cache_read + item.cache_read,
      cache_write_5m = m.cache_write_5m + item.cache_write_5m,
      cache_write_1h = m.cache_write_1h + item.cache_write_1h, output = m.output + item.output,
      reasoning = m.reasoning + item.reasoning, cost_pico = m.cost_pico + item.cost_pico,
      notional_pico = m.notional_pico + item.notional_pico,
      cache_saved_pico = m.cache_saved_pico + item.cache_saved_pico,
      priced_events = m.priced_events + item.priced_events,
      unpriced_tokens = m.unpriced_tokens + item.unpriced_tokens,
      last_used_at = greatest(m.last_used_at, item.last_used_at)
    from unnest(${plainArray(rows.map((row) => row.id))}::int[], ${figure((c) => c.events)}::bigint[],
      ${figure((c) => c.tokens.input)}::numeric[], ${figure((c) => c.tokens.cacheRead)}::numeric[],
      ${figure((c) => c.tokens.cacheWrite5m)}::numeric[],
      ${figure((c) => c.tokens.cacheWrite1h)}::numeric[],
      ${figure((c) => c.tokens.output)}::numeric[], ${figure((c) => c.tokens.reasoning)}::numeric[],
      ${figure((c) => c.costPico)}::numeric[], ${figure((c) => c.notionalPico)}::numeric[],
      ${figure((c) => c.cacheSavedPico)}::numeric[], ${figure((c) => c.pricedEvents)}::bigint[],
      ${figure((c) => c.unpricedTokens)}::numeric[],
      ${plainArray(rows.map((row) => row.lastUsedAt))}::timestamptz[])
      as item(id, events, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
        cost_pico, notional_pico, cache_saved_pico, priced_events, unpriced_tokens, last_used_at)
    where m.workspace_id = ${ctx.workspaceId} and m.id = item.id`;
}

/** Keeps beside the usage of a task how much of it its CLI can tell. */
export async function setCoverage(ctx: Ctx, taskId: TaskId, coverage: string): Promise<void> {
  await ctx.sql`
    update usage_meters m set coverage = ${coverage}
    where m.workspace_id = ${ctx.workspaceId} and m.task_id = ${taskId}
      and m.coverage <> ${coverage}`;
}

/**
 * Moves what meters show by what it differs from their events. A booking that commits meanwhile
 * adds to both, so the difference stays what it is.
 * @param comparison defines `wrong`, see `comparedMeters`
 * @returns how many meters were wrong
 */
export async function correctMeters(ctx: Ctx, comparison: Fragment): Promise<number> {
  const { sql, workspaceId } = ctx;
  const corrected = usageFigures.map((figure, at) => {
    const difference = `coalesce(w.ledger_figures[${at + 1}], 0) - w.stored_figures[${at + 1}]`;
    return `${figure} = m.${figure} + ${difference}`;
  });
  const rows = await sql`
    with ${comparison}
    update usage_meters m set ${sql.unsafe(corrected.join(", "))}
    from wrong w
    where m.workspace_id = ${workspaceId} and m.id = w.id and w.stored_figures is not null`;
  return rows.count;
}

/** Books meters to another place; the caller moves the sums. */
export async function moveMeters(
  ctx: Ctx,
  moved: readonly (SeriesOfMeter & { readonly id: number } & Pick<
      MeterDimensions,
      "issueId" | "projectId" | "agentId" | "runtimeId" | "memberId"
    >)[],
): Promise<void> {
  await ctx.sql`
    update usage_meters m set issue_id = item.issue_id, project_id = item.project_id,
      runtime_id = item.runtime_id, agent_id = item.agent_id, member_id = item.member_id,
      ${ctx.sql.unsafe(pivots.map((pivot) => `${pivot}_series = item.${pivot}_series`).join(", "))}
    from unnest(${moved.map((m) => m.id)}::int[], ${moved.map((m) => m.issueId)}::uuid[],
      ${moved.map((m) => m.projectId)}::uuid[], ${moved.map((m) => m.runtimeId)}::uuid[],
      ${moved.map((m) => m.agentId)}::uuid[], ${moved.map((m) => m.memberId)}::uuid[],
      ${seriesArrays(ctx, moved)})
      as item(id, issue_id, project_id, runtime_id, agent_id, member_id,
        ${ctx.sql.unsafe(seriesColumns)})
    where m.workspace_id = ${ctx.workspaceId} and m.id = item.id`;
}
