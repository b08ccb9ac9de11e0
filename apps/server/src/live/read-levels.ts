import type { LiveChange, LiveLevel } from "@headcount/contract/live/words";
import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../platform/context.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

/** Averages over a bucket, and the lines that were changed in it; null is not known. */
export type Levels = Readonly<Record<LiveLevel | LiveChange, number | null>>;

/** No look holds for longer. */
const longestHoldMs = 80_000;

type LevelRow = {
  /** From 1. */
  slot: number;
  knownMs: number;
  runningTasks: number;
  activeAgents: number;
  capacity: number;
  queueDepth: number;
  openIssues: number;
  linesAdded: string | null;
  linesDeleted: string | null;
};

/**
 * What was looked at, per bucket: averages over the time for which looks stand, weighted by it. A
 * look that reaches into several buckets counts in each for its part.
 * @param lines the steps of lines are many; who does not ask for them reads none of the last week
 */
export async function readLevels(
  ctx: Ctx,
  slots: readonly TimeSlot[],
  lines: "with lines" | "without lines",
): Promise<readonly Levels[]> {
  const rows = slots.length === 0 ? [] : await readRows(ctx, slots, lines);
  const bySlot = new Map(rows.map((row) => [row.slot, row]));
  return slots.map((_, at) => toLevels(bySlot.get(at + 1)));
}

function toLevels(row: LevelRow | undefined): Levels {
  const knownMs = row?.knownMs ?? 0;
  const average = (sum: number | undefined): number | null =>
    sum === undefined || knownMs === 0 ? null : sum / knownMs;
  const lines = (sum: string | null | undefined): number | null => {
    if (sum !== null && sum !== undefined) return Number(sum);
    return knownMs === 0 ? null : 0;
  };
  return {
    running_tasks: average(row?.runningTasks),
    active_agents: average(row?.activeAgents),
    capacity: average(row?.capacity),
    queue_depth: average(row?.queueDepth),
    open_issues: average(row?.openIssues),
    lines_added: lines(row?.linesAdded),
    lines_deleted: lines(row?.linesDeleted),
  };
}

function readRows(
  ctx: Ctx,
  slots: readonly TimeSlot[],
  lines: "with lines" | "without lines",
): Promise<LevelRow[]> {
  const { sql, workspaceId, now } = ctx;
  const starts = slots.map((slot) => new Date(slot.startsAtMs).toISOString());
  const ends = slots.map((slot) => new Date(slot.endsAtMs).toISOString());
  const from = new Date(slots[0]?.startsAtMs ?? 0);
  const to = new Date(slots.at(-1)?.endsAtMs ?? 0);
  const lookedFrom = new Date(from.getTime() - longestHoldMs);
  const part = sql`(date_part('epoch', least(until, ends[slot]) - greatest(sampled_at, starts[slot]))
    * 1000)`;
  const steps =
    lines === "without lines"
      ? sql``
      : sql`union all
      select width_bucket(at, starts), 0, 0, 0, 0, 0, 0, lines_added, lines_deleted
      from live_line_steps cross join axis
      where workspace_id = ${workspaceId} and at >= ${from} and at < ${to}`;
  return sql<LevelRow[]>`
    with axis as materialized (
      select ${starts}::timestamptz[] as starts, ${ends}::timestamptz[] as ends
    ), looks as (
      select sampled_at, running_tasks, active_agents, capacity, queue_depth, open_issues,
        least(lead(sampled_at) over (order by sampled_at),
        sampled_at + holds_ms * interval '1 ms', ${to}::timestamptz, ${now}::timestamptz) as until
      from live_samples
      where workspace_id = ${workspaceId} and sampled_at >= ${lookedFrom} and sampled_at < ${to}
    ), parts as (
      select slot, ${part} as known_ms, running_tasks, active_agents, capacity, queue_depth,
        open_issues
      from looks cross join axis cross join lateral generate_series(
        greatest(width_bucket(sampled_at, starts), 1), width_bucket(until, starts)) as slot
      where until > sampled_at and until > ${from}
    )
    select slot, sum(known_ms)::double precision as known_ms,
      sum(running_tasks)::double precision as running_tasks,
      sum(active_agents)::double precision as active_agents,
      sum(capacity)::double precision as capacity,
      sum(queue_depth)::double precision as queue_depth,
      sum(open_issues)::double precision as open_issues,
      sum(lines_added) as lines_added, sum(lines_deleted) as lines_deleted
    from (
      select slot, known_ms, running_tasks * known_ms as running_tasks,
        active_agents * known_ms as active_agents, capacity * known_ms as capacity,
        queue_depth * known_ms as queue_depth, open_issues * known_ms as open_issues,
        null::bigint as lines_added, null::bigint as lines_deleted
      from parts where known_ms > 0
      ${steps}
      union all
      select width_bucket(starts_at, starts), known_ms, running_tasks, active_agents, capacity,
        queue_depth, open_issues, nullif(lines_added, 0), nullif(lines_deleted, 0)
      from live_quarters cross join axis
      where workspace_id = ${workspaceId} and starts_at >= ${from} and starts_at < ${to}
    ) as all_parts
    group by slot`;
}
