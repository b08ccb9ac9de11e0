import type { TimeRange, TimeSlot } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** No look holds for longer. */
export const longestHoldMs = 80_000;

export type Looked = {
  /** In order. */
  readonly slots: readonly TimeSlot[];
  /** Where looks and steps are read, in order; what lies elsewhere counts nowhere. */
  readonly read: readonly TimeRange[];
  /** The steps of lines are many; who does not ask for them reads none. */
  readonly lines: "with lines" | "without lines";
};

/**
 * A relation with slot (from 1), known_ms, the looked-at figures times milliseconds, and lines: a
 * row for each part of a look that lies in a slot, and for each step. A look that reaches into
 * several slots counts in each for its part.
 */
export function lookParts(ctx: Ctx, { slots, read, lines }: Looked): Fragment {
  const { sql, workspaceId, now } = ctx;
  const instants = (times: readonly number[]): Fragment =>
    sql`${times.map((ms) => new Date(ms).toISOString())}::timestamptz[]`;
  const starts = instants(slots.map(({ startsAtMs }) => startsAtMs));
  const ends = instants(slots.map(({ endsAtMs }) => endsAtMs));
  const stretches = sql`unnest(${instants(read.map(({ fromMs }) => fromMs))},
    ${instants(read.map(({ toMs }) => toMs))}) as stretch(from_at, to_at)`;
  const part = sql`(date_part('epoch', least(until, ends[slot]) - greatest(since, starts[slot]))
    * 1000)`;
  const steps =
    lines === "without lines"
      ? sql``
      : sql`union all
      select width_bucket(at, starts), 0, 0, 0, 0, 0, 0, lines_added, lines_deleted
      from ${stretches} cross join axis cross join lateral (
        select at, lines_added, lines_deleted from live_line_steps
        where workspace_id = ${workspaceId} and at >= from_at and at < to_at) as steps`;
  return sql`(
    with axis as materialized (select ${starts} as starts, ${ends} as ends),
    looks as (
      select running_tasks, active_agents, capacity, queue_depth, open_issues,
        greatest(sampled_at, from_at) as since, least(next_at,
        sampled_at + holds_ms * interval '1 ms', to_at, ${now}::timestamptz) as until
      from ${stretches} cross join lateral (
        select sampled_at, holds_ms, running_tasks, active_agents, capacity, queue_depth,
          open_issues, lead(sampled_at) over (order by sampled_at) as next_at
        from live_samples where workspace_id = ${workspaceId} and sampled_at < to_at
          and sampled_at >= from_at - ${longestHoldMs} * interval '1 ms') as samples
    ), parts as (
      select slot, ${part} as known_ms, running_tasks, active_agents, capacity, queue_depth,
        open_issues
      from looks cross join axis cross join lateral
        generate_series(width_bucket(since, starts), width_bucket(until, starts)) as slot
      where until > since
    )
    select slot, known_ms, running_tasks * known_ms as running_tasks,
      active_agents * known_ms as active_agents, capacity * known_ms as capacity,
      queue_depth * known_ms as queue_depth, open_issues * known_ms as open_issues,
      null::bigint as lines_added, null::bigint as lines_deleted
    from parts where known_ms > 0
    ${steps})`;
}
