import type { LiveChange, LiveLevel } from "@headcount/contract/live/words";
import type { TimeRange, TimeSlot } from "@headcount/domain/usage/query/cut-time";
import type { KeptOrNot } from "@headcount/domain/usage/query/split-at-kept";
import type { WorkspaceContext } from "../platform/context.ts";
import { type Looked, lookParts } from "./look-parts.ts";
import { readKeptParts } from "./read-kept-parts.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

/** Averages over a bucket, and the lines that were changed in it; null is not known. */
export type Levels = Readonly<Record<LiveLevel | LiveChange, number | null>>;

const quarterMs = 15 * 60_000;

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
  lines: Looked["lines"],
): Promise<readonly Levels[]> {
  const range = rangeOf(slots);
  if (range === null) return [];
  const parts = fitQuarters(slots)
    ? await readKeptParts(ctx, range)
    : [{ ...range, isKept: false }];
  const rows = await readRows(ctx, { slots, lines, range, parts });
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

function rangeOf(slots: readonly TimeSlot[]): TimeRange | null {
  const [first, last] = [slots.at(0), slots.at(-1)];
  return first && last ? { fromMs: first.startsAtMs, toMs: last.endsAtMs } : null;
}

/** Whether no quarter of an hour lies in two of them; the first and the last may be cut. */
function fitQuarters(slots: readonly TimeSlot[]): boolean {
  return slots.slice(1).every(({ startsAtMs }) => startsAtMs % quarterMs === 0);
}

type Reading = Omit<Looked, "read"> & {
  readonly range: TimeRange;
  readonly parts: readonly KeptOrNot[];
};

function readRows(ctx: Ctx, { slots, lines, range, parts }: Reading): Promise<LevelRow[]> {
  const { sql, workspaceId } = ctx;
  const starts = sql`${slots.map(({ startsAtMs }) => new Date(startsAtMs).toISOString())}::timestamptz[]`;
  const read = parts.filter(({ isKept }) => !isKept);
  const quartersOf = (table: string, { fromMs, toMs }: TimeRange): Fragment => sql`
    select width_bucket(starts_at, ${starts}) as slot, known_ms, running_tasks, active_agents,
      capacity, queue_depth, open_issues, nullif(lines_added, 0) as lines_added,
      nullif(lines_deleted, 0) as lines_deleted
    from ${sql(table)} where workspace_id = ${workspaceId}
      and starts_at >= ${new Date(fromMs)} and starts_at < ${new Date(toMs)}`;
  const kept = parts
    .filter(({ isKept }) => isKept)
    .map((part) => sql`union all ${quartersOf("live_recent_quarters", part)}`);
  return sql<LevelRow[]>`
    select slot, sum(known_ms)::double precision as known_ms,
      sum(running_tasks)::double precision as running_tasks,
      sum(active_agents)::double precision as active_agents,
      sum(capacity)::double precision as capacity,
      sum(queue_depth)::double precision as queue_depth,
      sum(open_issues)::double precision as open_issues,
      sum(lines_added) as lines_added, sum(lines_deleted) as lines_deleted
    from (
      ${quartersOf("live_quarters", range)}
      ${kept.reduce((all, one) => sql`${all} ${one}`, sql``)}
      union all
      select slot, known_ms, running_tasks, active_agents, capacity, queue_depth, open_issues,
        lines_added, lines_deleted
      from ${lookParts(ctx, { slots, read, lines })} as parts
    ) as all_parts
    group by slot`;
}
