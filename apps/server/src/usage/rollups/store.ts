import type { WorkspaceContext } from "../../platform/context.ts";
import {
  addFigures,
  eachFigure,
  figureColumns,
  figureSums,
  hasFigures,
  usageFigures,
} from "../figures.ts";
import { outdateQuarters } from "../minutes/store.ts";
import { type DayTiers, type Places, rolledUp } from "./rolled-up.ts";
import { pivots, type Series } from "./pivots.ts";
import { figuresOfArray } from "../verify/figure-arrays.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

type NewSeries = Series & { readonly fingerprint: string };

/** Makes series that do not exist yet. */
export async function insertSeries(ctx: Ctx, series: readonly NewSeries[]): Promise<void> {
  await ctx.sql`${seriesRows(ctx, series)} on conflict do nothing`;
}

/** Makes series, and sets those right that stand under the same fingerprint with something else. */
export async function setSeries(ctx: Ctx, series: readonly NewSeries[]): Promise<void> {
  await ctx.sql`
    ${seriesRows(ctx, series)}
    on conflict (workspace_id, fingerprint) do update set pivot = excluded.pivot,
      runtime_id = excluded.runtime_id, agent_id = excluded.agent_id,
      project_id = excluded.project_id, member_id = excluded.member_id,
      provider = excluded.provider, model = excluded.model, role = excluded.role,
      failure_class = excluded.failure_class`;
}

function seriesRows(ctx: Ctx, series: readonly NewSeries[]): Fragment {
  const column = <K extends keyof NewSeries>(name: K) => series.map((one) => one[name]);
  return ctx.sql`
    insert into usage_series (workspace_id, fingerprint, pivot, runtime_id, agent_id, project_id,
      member_id, provider, model, role, failure_class)
    select ${ctx.workspaceId}, item.* from unnest(${column("fingerprint")}::uuid[],
      ${column("pivot")}::text[], ${column("runtimeId")}::uuid[], ${column("agentId")}::uuid[],
      ${column("projectId")}::uuid[], ${column("memberId")}::uuid[], ${column("provider")}::text[],
      ${column("model")}::text[], ${column("role")}::text[],
      ${column("failureClass")}::text[]) as item
    order by 2`;
}

/** Appends what changed to the tail; `rows` yields meter_id, bucket_at and every figure. */
export async function insertTail(ctx: Ctx, rows: Fragment): Promise<void> {
  await ctx.sql`
    insert into usage_tail (workspace_id, meter_id, bucket_at, ${figureColumns(ctx.sql)}) ${rows}`;
}

/** Part of the tail: some rows of the buckets from one to another, both included. */
export type TailPart = { readonly from: Date; readonly to: Date; readonly limit: number };

/**
 * Moves rows of the tail into every sum, with one statement.
 * @param days must cover every bucket of the part
 * @returns how many rows were moved
 */
export async function moveTail(ctx: Ctx, part: TailPart, days: DayTiers): Promise<number> {
  const { sql, workspaceId } = ctx;
  const places: Places = { pivots, hours: "with", days };
  const usage = figureColumns(sql, usageFigures);
  const [row] = await sql<{ moved: number }[]>`
    with taken as (
      delete from usage_tail where workspace_id = ${workspaceId} and ctid = any(array(
        select ctid from usage_tail where workspace_id = ${workspaceId}
          and bucket_at between ${part.from} and ${part.to} limit ${part.limit}))
      returning meter_id, bucket_at, ${figureColumns(sql)}
    ), net as materialized (
      select meter_id, bucket_at, ${figureSums(sql)} from taken group by meter_id, bucket_at
    ), bucketed as (
      insert into usage_buckets as stored (workspace_id, meter_id, bucket_at, ${usage})
      select ${workspaceId}, meter_id, bucket_at, ${usage}
      from net where ${hasFigures(sql, usageFigures)} order by bucket_at, meter_id
      on conflict (workspace_id, bucket_at, meter_id) do update set ${addFigures(sql, usageFigures)}
    ), outdated as (${outdateQuarters(ctx, sql`net`)}
    ), rolled_up as (${upsertRollups(ctx, sql`net`, places)})
    select count(*)::int as moved from taken`;
  return row?.moved ?? 0;
}

/**
 * Adds figures per meter and bucket to the sums in some places.
 * @param source a relation with meter_id, bucket_at and every figure
 */
export async function addToRollups(ctx: Ctx, source: Fragment, places: Places): Promise<void> {
  await upsertRollups(ctx, source, places);
}

function upsertRollups(ctx: Ctx, source: Fragment, places: Places): Fragment {
  const { sql, workspaceId } = ctx;
  return sql`
    insert into usage_rollups as stored
      (workspace_id, pivot, tier, bucket_at, series_id, ${figureColumns(sql)})
    select ${workspaceId}, sums.pivot, sums.tier, sums.starts_at, sums.series_id,
      ${figureColumns(sql)}
    from (${rolledUp(ctx, source, places)}) as sums
    on conflict (workspace_id, pivot, tier, bucket_at, series_id) do update set ${addFigures(sql)}`;
}

/** Starts to keep calendar days of a zone. Nothing happens when they are kept already. */
export async function insertZone(
  ctx: Ctx & Pick<WorkspaceContext, "now">,
  zone: string,
): Promise<void> {
  await ctx.sql`
    insert into usage_zones (workspace_id, tier, zone, last_asked_at)
    select ${ctx.workspaceId}, coalesce(max(tier), 1) + 1, ${zone}, ${ctx.now}
    from usage_zones where workspace_id = ${ctx.workspaceId}
    on conflict do nothing`;
}

/** Notes that somebody has asked in a zone. */
export async function setZoneAsked(
  ctx: Ctx & Pick<WorkspaceContext, "now">,
  zone: string,
): Promise<void> {
  await ctx.sql`
    update usage_zones set last_asked_at = ${ctx.now}
    where workspace_id = ${ctx.workspaceId} and zone = ${zone}`;
}

/** Keeps days of a zone no longer. */
export async function deleteZone(ctx: Ctx, tier: number): Promise<void> {
  await ctx.sql`
    delete from usage_rollups where workspace_id = ${ctx.workspaceId} and tier = ${tier}`;
  await ctx.sql`
    delete from usage_zones where workspace_id = ${ctx.workspaceId} and tier = ${tier}`;
}

/**
 * Sets rows of sums to what they should be, and removes those that should not be. The caller holds
 * the lock of `lockSums`, so nobody else writes them; what is booked meanwhile goes to the tail.
 * @param comparison defines `wrong`, see `comparedDays`
 * @returns how many rows were wrong
 */
export async function setWrongSums(ctx: Ctx, comparison: Fragment): Promise<number> {
  const { sql, workspaceId } = ctx;
  const set = eachFigure(sql, (figure) => `${figure} = excluded.${figure}`);
  const figures = figuresOfArray(sql, "ledger_figures");
  const setUsage = eachFigure(sql, (figure) => `${figure} = excluded.${figure}`, usageFigures);
  const [row] = await sql<{ repaired: number }[]>`
    with ${comparison}, removed_buckets as (
      delete from usage_buckets where workspace_id = ${workspaceId} and (bucket_at, meter_id) in (
        select bucket_at, id from wrong where sums = 'usage_buckets' and not is_needed)
    ), removed_rollups as (
      delete from usage_rollups where workspace_id = ${workspaceId}
        and (pivot, tier, bucket_at, series_id) in (
          select pivot, tier, bucket_at, id from wrong where sums = 'usage_rollups' and not is_needed)
    ), set_buckets as (
      insert into usage_buckets (workspace_id, meter_id, bucket_at, ${figureColumns(sql, usageFigures)})
      select ${workspaceId}, id, bucket_at, ${figuresOfArray(sql, "ledger_figures", usageFigures)}
      from wrong where sums = 'usage_buckets' and is_needed order by bucket_at, id
      on conflict (workspace_id, bucket_at, meter_id) do update set ${setUsage}
    ), set_rollups as (
      insert into usage_rollups (workspace_id, pivot, tier, bucket_at, series_id, ${figureColumns(sql)})
      select ${workspaceId}, pivot, tier, bucket_at, id, ${figures} from wrong
      where sums = 'usage_rollups' and is_needed order by pivot, tier, bucket_at, id
      on conflict (workspace_id, pivot, tier, bucket_at, series_id) do update set ${set}
    )
    select count(*)::int as repaired from wrong`;
  return row?.repaired ?? 0;
}
