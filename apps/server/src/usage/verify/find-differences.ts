import type { WorkspaceContext } from "../../platform/context.ts";
import { allFigures, eachFigure, figureColumns, figureSums, usageFigures } from "../figures.ts";
import { dayTiersOf, readKeptZones } from "../rollups/day-tiers.ts";
import { type DayTiers, rolledUp } from "../rollups/rolled-up.ts";
import { pivots } from "../rollups/pivots.ts";
import { ledgerBuckets, type VerifiedRange } from "./expected-sums.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Sql = Ctx["sql"];
type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type UsageDifference = {
  readonly rollup: string;
  readonly key: string;
  readonly ledger: string;
  readonly stored: string;
};

/** Nobody reads more differences than this; one is a defect. */
const mostDifferences = 200;

/**
 * Every row of every sum that is not what the ledger adds up to, in one snapshot; a missing row
 * counts as zeros. What is not folded yet counts as folded.
 * @param range whole days of UTC, for a part; then what meters show is left out
 */
export async function findUsageDifferences(
  ctx: Ctx,
  range: VerifiedRange = null,
): Promise<UsageDifference[]> {
  const found = [
    ...(await findBucketDifferences(ctx, range)),
    ...(await findRollupDifferences(ctx, range)),
    ...(range ? [] : await findMeterDifferences(ctx)),
  ];
  return found.slice(0, mostDifferences);
}

/** Figures per meter and quarter of an hour, against the ledger. */
function findBucketDifferences(ctx: Ctx, range: VerifiedRange): Promise<UsageDifference[]> {
  const { sql, workspaceId } = ctx;
  const columns = figureColumns(sql);
  const within = range ? sql`and bucket_at >= ${range.from} and bucket_at < ${range.to}` : sql``;
  return sql<UsageDifference[]>`
    with ledger as (
      select meter_id, bucket_at, ${figureArray(sql)} as figures
      from ${ledgerBuckets(ctx, range)} as counted
    ), stored as (
      select meter_id, bucket_at, ${figureArray(sql)} as figures from (
        select meter_id, bucket_at, ${figureSums(sql)} from (
          select meter_id, bucket_at, ${columns} from usage_buckets
          where workspace_id = ${workspaceId} ${within}
          union all
          select meter_id, bucket_at, ${columns} from usage_tail
          where workspace_id = ${workspaceId} ${within}
        ) as parts group by meter_id, bucket_at
      ) as summed
    )
    select 'usage_buckets' as rollup, concat_ws(' ', ${instant(sql, "bucket_at")}, meter_id) as key,
      ${bothFigures(sql)}
    from ledger full join stored using (meter_id, bucket_at) where ${figuresDiffer(sql)}
    order by key limit ${mostDifferences}`;
}

/** Narrow sums, against the figures per meter from which they are made. */
async function findRollupDifferences(ctx: Ctx, range: VerifiedRange): Promise<UsageDifference[]> {
  const { sql, workspaceId } = ctx;
  const bounds = range ?? (await readBounds(ctx));
  if (bounds === null) return [];
  const days = daysStartingIn(dayTiersOf(await readKeptZones(ctx), bounds.from, bounds.to), bounds);
  const hours = rolledUp(ctx, bucketsWithin(ctx, bounds), {
    pivots,
    hours: "with",
    days: { tiers: [], startsAt: [], endsAt: [] },
  });
  const whole = { from: bounds.from, to: latestOf(days.endsAt, bounds.to) };
  const ofDays = rolledUp(ctx, bucketsWithin(ctx, whole), { pivots, hours: "without", days });
  return sql<UsageDifference[]>`
    with ledger as (
      select pivot, tier, starts_at, series_id, ${figureArray(sql)} as figures
      from (select sums.* from (${hours}) as sums union all select sums.* from (${ofDays}) as sums)
        as expected
    ), stored as (
      select pivot, tier::int, bucket_at as starts_at, series_id, ${figureArray(sql)} as figures
      from usage_rollups where workspace_id = ${workspaceId} and (
        (tier = 1 and bucket_at >= ${bounds.from} and bucket_at < ${bounds.to})
        or (tier, bucket_at) in (select t, s from unnest(${days.tiers}::smallint[],
          ${days.startsAt}::timestamptz[]) as day(t, s)))
    )
    select 'usage_rollups' as rollup,
      concat_ws(' ', pivot, tier, ${instant(sql, "starts_at")}, series_id) as key,
      ${bothFigures(sql)}
    from ledger full join stored using (pivot, tier, starts_at, series_id)
    where ${figuresDiffer(sql)}
    order by key limit ${mostDifferences}`;
}

/** What meters show, against their events. */
function findMeterDifferences(ctx: Ctx): Promise<UsageDifference[]> {
  const { sql, workspaceId } = ctx;
  return sql<UsageDifference[]>`
    with ledger as (
      select meter_id, ${figureArray(sql, usageFigures)} as figures from (
        select meter_id, ${figureSums(sql)} from ${ledgerBuckets(ctx, null)} as counted
        group by meter_id
      ) as summed
    ), stored as (
      select id as meter_id, ${figureArray(sql, usageFigures)} as figures
      from usage_meters where workspace_id = ${workspaceId}
    )
    select 'usage_meters' as rollup, meter_id::text as key, ${bothFigures(sql)}
    from ledger full join stored using (meter_id) where ${figuresDiffer(sql)}
    order by key limit ${mostDifferences}`;
}

async function readBounds(ctx: Ctx): Promise<{ from: Date; to: Date } | null> {
  const [bounds] = await ctx.sql<{ from: Date | null; to: Date | null }[]>`
    select date_trunc('day', min(at), 'UTC') as "from",
      date_trunc('day', max(at), 'UTC') + interval '1 day' as "to"
    from (
      select bucket_at as at from usage_buckets where workspace_id = ${ctx.workspaceId}
      union all
      select bucket_at from usage_rollups where workspace_id = ${ctx.workspaceId}
    ) as known`;
  return bounds?.from && bounds.to ? { from: bounds.from, to: bounds.to } : null;
}

function daysStartingIn(days: DayTiers, { from, to }: { from: Date; to: Date }): DayTiers {
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

function bucketsWithin(
  { sql, workspaceId }: Ctx,
  { from, to }: { from: Date; to: Date },
): Fragment {
  return sql`(select meter_id, bucket_at, ${figureColumns(sql)} from usage_buckets
    where workspace_id = ${workspaceId} and bucket_at >= ${from} and bucket_at < ${to})`;
}

/** Figures of one row in one fixed order: numeric arrays compare exactly, whatever their scale. */
const figureArray = (sql: Sql, figures: readonly (typeof allFigures)[number][] = allFigures) =>
  sql`array[${eachFigure(sql, (figure) => `coalesce(${figure}, 0)`, figures)}]::numeric[]`;

/** Rows without anything but zeros are no difference to rows that are not there. */
const zeros = (sql: Sql) =>
  sql`array_fill(0::numeric, array[coalesce(cardinality(ledger.figures), cardinality(stored.figures))])`;

const bothFigures = (sql: Sql) => sql`
  coalesce(ledger.figures, ${zeros(sql)})::text as ledger,
  coalesce(stored.figures, ${zeros(sql)})::text as stored`;

const figuresDiffer = (sql: Sql) => sql`
  coalesce(ledger.figures, ${zeros(sql)}) <> coalesce(stored.figures, ${zeros(sql)})`;

const instant = (sql: Sql, column: "bucket_at" | "starts_at") =>
  sql`to_char(${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')`;
