import type { WorkspaceContext } from "../../platform/context.ts";
import { figureSums } from "../figures.ts";
import { hourPivots, type Pivot, seriesByPivot, seriesColumns } from "./pivots.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** Where sums are kept: some pivots, per UTC hour or not, and per day of some zones. */
export type Places = {
  readonly pivots: readonly Pivot[];
  readonly hours: "with" | "without";
  readonly days: DayTiers;
};

/** Days of zones, as parallel lists: the tier of each day, its start and its end; by tier, oldest first. */
export type DayTiers = {
  readonly tiers: readonly number[];
  readonly startsAt: readonly string[];
  readonly endsAt: readonly string[];
};

/**
 * A query for what some figures add to which rows of `usage_rollups`: pivot, tier, starts_at,
 * series_id and every figure, in the order of the key.
 * @param source a relation with meter_id, bucket_at and every figure
 */
export function rolledUp({ sql, workspaceId }: Ctx, source: Fragment, places: Places): Fragment {
  return sql`
    select kept.pivot, place.tier, place.starts_at, kept.series_id, ${figureSums(sql, "source")}
    from ${source} as source
    cross join lateral (
      select ${sql.unsafe(seriesColumns)} from usage_meters
      where workspace_id = ${workspaceId} and id = source.meter_id offset 0
    ) as m
    cross join lateral (
      select 1 as tier, date_trunc('hour', source.bucket_at, 'UTC') as starts_at
      where ${places.hours === "with"}
      union all
      ${daysAround(sql, places.days)}
    ) as place
    cross join lateral (values ${sql.unsafe(seriesByPivot)}) as kept(pivot, series_id)
    where kept.pivot = any(${places.pivots}::text[])
      and (place.tier > 1 or kept.pivot = any(${hourPivots}::text[]))
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4`;
}

/** The tier and the start of each of some days that holds `source.bucket_at`. */
function daysAround(sql: Ctx["sql"], { tiers, startsAt, endsAt }: DayTiers): Fragment {
  const places = Map.groupBy(tiers.keys(), (index) => tiers[index]);
  return [...places].reduce<Fragment>(
    (all, [tier, indexes]) => {
      const starts = sql`${indexes.map((index) => startsAt[index] ?? null)}::timestamptz[]`;
      const ends = sql`${indexes.map((index) => endsAt[index] ?? null)}::timestamptz[]`;
      // A binary search: a long history has hundreds of days, and each is asked for every bucket.
      return sql`${all}
        union all
        select ${tier ?? 0}::int, (${starts})[day.place]
        from (select width_bucket(source.bucket_at, ${starts}) as place) as day
        where day.place > 0 and source.bucket_at < (${ends})[day.place]`;
    },
    sql`select null::int as tier, null::timestamptz as starts_at where false`,
  );
}
