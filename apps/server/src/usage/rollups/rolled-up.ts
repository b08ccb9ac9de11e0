import type { WorkspaceContext } from "../../platform/context.ts";
import { figureSums } from "../figures.ts";
import { hourPivots, type Pivot } from "./pivots.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** Where sums are kept: some pivots, per UTC hour or not, and per day of some zones. */
export type Places = {
  readonly pivots: readonly Pivot[];
  readonly hours: "with" | "without";
  readonly days: DayTiers;
};

/** Days of zones, as parallel lists: the tier of each day, its start and its end. */
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
  const { days } = places;
  return sql`
    select kept.pivot, place.tier, place.starts_at, kept.series_id, ${figureSums(sql, "source")}
    from ${source} as source
    cross join lateral (
      select model_series, agent_series, project_series, member_series from usage_meters
      where workspace_id = ${workspaceId} and id = source.meter_id offset 0
    ) as m
    cross join lateral (
      select 1 as tier, date_trunc('hour', source.bucket_at, 'UTC') as starts_at
      where ${places.hours === "with"}
      union all
      select day.tier, day.starts_at from unnest(${days.tiers}::int[],
        ${days.startsAt}::timestamptz[], ${days.endsAt}::timestamptz[])
        as day(tier, starts_at, ends_at)
      where source.bucket_at >= day.starts_at and source.bucket_at < day.ends_at
    ) as place
    cross join lateral (values ('model', m.model_series), ('agent', m.agent_series),
      ('project', m.project_series), ('member', m.member_series)) as kept(pivot, series_id)
    where kept.pivot = any(${places.pivots}::text[])
      and (place.tier > 1 or kept.pivot = any(${hourPivots}::text[]))
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4`;
}
