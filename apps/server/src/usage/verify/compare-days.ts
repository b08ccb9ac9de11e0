import type { WorkspaceContext } from "../../platform/context.ts";
import {
  eachFigure,
  figureColumns,
  figureSums,
  noFigures,
  taskFigures,
  usageFigures,
} from "../figures.ts";
import { dayTiersOf } from "../rollups/day-tiers.ts";
import { pivots } from "../rollups/pivots.ts";
import { type DayTiers, rolledUp } from "../rollups/rolled-up.ts";
import { allZero, figureArray } from "./figure-arrays.ts";
import { ledgerSums, type VerifiedRange } from "./ledger-sums.ts";
import type { BooksFacts } from "./read-bounds.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Sql = Ctx["sql"];
type Fragment = ReturnType<Sql>;

/**
 * The `with` part of a statement that compares every sum of some UTC days with the ledger, all in
 * one snapshot. What the tail holds is taken off the ledger's side, because the tables of sums do
 * not have it yet, so it holds while usage is booked. It defines:
 *
 * - `ledger`: what events and tasks add up to, per meter and quarter of an hour
 * - `stored`: rows of usage_buckets and usage_rollups that start in the range
 * - `wrong`: rows that are not as they should be: sums (table), pivot, tier, bucket_at, id (series
 *   or meter), is_needed, and both sides' figures as arrays, null where there is no row
 *
 * Days of zones are those that start in the range, whole.
 * @param beneath to what the buckets are compared that lie beyond the range: none, or those beneath
 * every day that may start in it
 */
export function comparedDays(
  ctx: Ctx,
  range: VerifiedRange,
  { zones, archived }: BooksFacts,
  beneath: "none" | "days" = "none",
): Fragment {
  const { sql, workspaceId } = ctx;
  const days = startingWithin(dayTiersOf(zones, range.from, range.to), range);
  const buckets = beneath === "none" ? range : withLongestDay(range);
  const whole = { from: range.from, to: latestOf(days.endsAt, buckets.to) };
  const negative = eachFigure(sql, (figure) => `-${figure}`);
  return sql`
    ledger as materialized (
      select meter_id, bucket_at, ${figureColumns(sql)} from ${ledgerSums(ctx, whole, archived)} as counted
    ), due as materialized (
      select meter_id, bucket_at, ${figureSums(sql)} from (
        select meter_id, bucket_at, ${figureColumns(sql)} from ledger
        union all
        select meter_id, bucket_at, ${negative} from usage_tail
        where workspace_id = ${workspaceId} and bucket_at >= ${whole.from} and bucket_at < ${whole.to}
      ) as parts group by meter_id, bucket_at
    ), expected as (
      select sums, pivot, tier, bucket_at, id, ${figureArray(sql)} as figures,
        ${allZero(sql)} as is_zero
      from (${expectedSums(ctx, { range, buckets, days })}) as expected
    ), stored as (
      select sums, pivot, tier, bucket_at, id, ${figureArray(sql)} as figures,
        ${allZero(sql)} as is_zero
      from (${storedSums(ctx, { range, buckets })}) as stored
    ), wrong as (
      select sums, pivot, tier, bucket_at, id, e.figures as ledger_figures,
        s.figures as stored_figures, not coalesce(e.is_zero, true) as is_needed
      from expected e full join stored s using (sums, pivot, tier, bucket_at, id)
      where case
        when e.figures is null then not s.is_zero
        when s.figures is null then not e.is_zero
        else e.figures <> s.figures
      end
    )`;
}

type Ranges = { readonly range: VerifiedRange; readonly buckets: VerifiedRange };

function expectedSums(
  ctx: Ctx,
  { range, buckets, days }: Ranges & { readonly days: DayTiers },
): Fragment {
  const { sql } = ctx;
  const all: Fragment = sql`due`;
  const before = (to: Date): Fragment => sql`(
    select meter_id, bucket_at, ${figureColumns(sql)} from due where bucket_at < ${to})`;
  const none = { tiers: [], startsAt: [], endsAt: [] };
  const hours = rolledUp(ctx, before(range.to), { pivots, hours: "with", days: none });
  const ofDays = rolledUp(ctx, all, { pivots, hours: "without", days });
  const columns = eachFigure(sql, (figure) => `sums.${figure}`);
  return sql`
    select 'usage_buckets' as sums, '' as pivot, 0 as tier, bucket_at, meter_id as id,
      ${figureColumns(sql, usageFigures)}, ${noFigures(sql, taskFigures)}
    from ${before(buckets.to)} as due
    union all
    select 'usage_rollups', sums.pivot, sums.tier, sums.starts_at, sums.series_id, ${columns}
    from (${hours}) as sums
    union all
    select 'usage_rollups', sums.pivot, sums.tier, sums.starts_at, sums.series_id, ${columns}
    from (${ofDays}) as sums`;
}

function storedSums({ sql, workspaceId }: Ctx, { range, buckets }: Ranges): Fragment {
  const within = ({ from, to }: VerifiedRange): Fragment => sql`
    workspace_id = ${workspaceId} and bucket_at >= ${from} and bucket_at < ${to}`;
  return sql`
    select 'usage_buckets' as sums, '' as pivot, 0 as tier, bucket_at, meter_id as id,
      ${figureColumns(sql, usageFigures)}, ${noFigures(sql, taskFigures)}
    from usage_buckets where ${within(buckets)}
    union all
    select 'usage_rollups', pivot, tier::int, bucket_at, series_id, ${figureColumns(sql)}
    from usage_rollups where ${within(range)}`;
}

/** A day is at most 25 hours long where clocks go back by one, and 26 leaves room for more. */
const longestDayMs = 26 * 3_600_000;

function withLongestDay({ from, to }: VerifiedRange): VerifiedRange {
  return { from, to: new Date(to.getTime() + longestDayMs) };
}

function startingWithin(days: DayTiers, { from, to }: VerifiedRange): DayTiers {
  const inside = days.startsAt.flatMap((start, index) => {
    const at = new Date(start);
    return at >= from && at < to ? [index] : [];
  });
  const pick = <T>(list: readonly T[]): T[] =>
    inside.flatMap((index) => {
      const item = list[index];
      return item === undefined ? [] : [item];
    });
  return { tiers: pick(days.tiers), startsAt: pick(days.startsAt), endsAt: pick(days.endsAt) };
}

function latestOf(instants: readonly string[], atLeast: Date): Date {
  return instants.reduce((latest, instant) => {
    const at = new Date(instant);
    return at > latest ? at : latest;
  }, atLeast);
}
