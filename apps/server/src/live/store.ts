import type { LiveState } from "@headcount/contract/live/gauge-schemas";
import type { LiveMarkKind } from "@headcount/contract/live/words";
import type { WorkspaceContext } from "../platform/context.ts";
import {
  forgetQuarters,
  keepSummingOut,
  outdateLooks,
  outdateSteps,
} from "./store-recent-quarters.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;
type Fragment = ReturnType<WorkspaceContext["sql"]>;

export type Sample = {
  readonly sampledAt: Date;
  readonly holdsMs: number;
  readonly state: LiveState;
};

/** Keeps a look at the state; another one of the same moment is there already. */
export async function insertSample(
  { sql, workspaceId }: Ctx,
  { sampledAt, holdsMs, state }: Sample,
): Promise<void> {
  // One connection runs the first of them first, and all of them in one round trip.
  await Promise.all([
    keepSummingOut({ sql, workspaceId }),
    sql`
      insert into live_samples (workspace_id, sampled_at, holds_ms, running_tasks, active_agents,
        capacity, queue_depth, open_issues)
      values (${workspaceId}, ${sampledAt}, ${holdsMs}, ${state.runningTasks}, ${state.activeAgents},
        ${state.capacity}, ${state.queueDepth}, ${state.openIssues})
      on conflict do nothing`,
    outdateLooks({ sql, workspaceId }, sampledAt),
  ]);
}

export type LineStep = {
  readonly id: string;
  readonly at: Date;
  readonly linesAdded: number;
  readonly linesDeleted: number;
};

/** Keeps by how much a work directory has changed since it was measured before. */
export async function insertLineStep({ sql, workspaceId }: Ctx, step: LineStep): Promise<void> {
  // One connection runs the first of them first, and all of them in one round trip.
  await Promise.all([
    keepSummingOut({ sql, workspaceId }),
    sql`
      insert into live_line_steps (workspace_id, id, at, lines_added, lines_deleted)
      values (${workspaceId}, ${step.id}, ${step.at}, ${step.linesAdded}, ${step.linesDeleted})`,
    outdateSteps({ sql, workspaceId }, step.at),
  ]);
}

/**
 * Moves everything from before an instant into quarters of an hour: what is taken away here is added
 * there by the same statement, so nothing counts twice or not at all, also where steps of a quarter
 * arrive after it was moved. Nobody sums recent quarters meanwhile.
 * @param before a whole quarter of an hour
 */
export async function moveToQuarters({ sql, workspaceId }: Ctx, before: Date): Promise<void> {
  await keepSummingOut({ sql, workspaceId });
  await forgetQuarters({ sql, workspaceId }, before);
  const quarterOf = (column: string): Fragment =>
    sql`date_bin('15 minutes', ${sql(column)}, 'epoch'::timestamptz)`;
  await sql`
    with looks as (
      delete from live_samples where workspace_id = ${workspaceId} and sampled_at < ${before}
      returning sampled_at, holds_ms, running_tasks, active_agents, capacity, queue_depth,
        open_issues
    ), held as (
      select running_tasks, active_agents, capacity, queue_depth, open_issues,
        ${quarterOf("sampled_at")} as starts_at, (date_part('epoch', least(
        lead(sampled_at) over (order by sampled_at), sampled_at + holds_ms * interval '1 ms',
        ${quarterOf("sampled_at")} + interval '15 minutes') - sampled_at) * 1000)::bigint as held_ms
      from looks
    ), steps as (
      delete from live_line_steps where workspace_id = ${workspaceId} and at < ${before}
      returning at, lines_added, lines_deleted
    )
    insert into live_quarters as kept (workspace_id, starts_at, known_ms, running_tasks,
      active_agents, capacity, queue_depth, open_issues, lines_added, lines_deleted)
    select ${workspaceId}, starts_at, sum(known_ms), sum(running_tasks), sum(active_agents),
      sum(capacity), sum(queue_depth), sum(open_issues), sum(lines_added), sum(lines_deleted)
    from (
      select starts_at, held_ms as known_ms, running_tasks * held_ms as running_tasks,
        active_agents * held_ms as active_agents, capacity * held_ms as capacity,
        queue_depth * held_ms as queue_depth, open_issues * held_ms as open_issues,
        0 as lines_added, 0 as lines_deleted
      from held
      union all
      select ${quarterOf("at")}, 0, 0, 0, 0, 0, 0, lines_added, lines_deleted from steps
    ) as parts
    group by starts_at order by starts_at
    on conflict (workspace_id, starts_at) do update set
      known_ms = kept.known_ms + excluded.known_ms,
      running_tasks = kept.running_tasks + excluded.running_tasks,
      active_agents = kept.active_agents + excluded.active_agents,
      capacity = kept.capacity + excluded.capacity,
      queue_depth = kept.queue_depth + excluded.queue_depth,
      open_issues = kept.open_issues + excluded.open_issues,
      lines_added = kept.lines_added + excluded.lines_added,
      lines_deleted = kept.lines_deleted + excluded.lines_deleted`;
}

/** Minutes of a range as they are now, in the place of what was counted of them before. */
export async function setMinutes(
  { sql, workspaceId }: Ctx,
  range: { readonly from: Date; readonly to: Date },
  counted: Fragment,
): Promise<void> {
  await sql`
    delete from live_minutes where workspace_id = ${workspaceId}
      and minute_at >= ${range.from} and minute_at < ${range.to}`;
  await sql`
    insert into live_minutes (workspace_id, minute_at, tokens, cost_pico, notional_pico, lines)
    ${counted}`;
}

/** Counts the scales anew from the minutes and looks that are kept, and forgets older minutes. */
export async function setScales(
  { sql, workspaceId }: Ctx,
  { since, countedTo }: { readonly since: Date; readonly countedTo: Date },
): Promise<void> {
  await sql`
    delete from live_minutes where workspace_id = ${workspaceId} and minute_at < ${since}`;
  const busy = (column: string): Fragment => sql`
    (percentile_cont(0.95) within group (order by ${sql(column)}::double precision)
      filter (where ${sql(column)} > 0))`;
  await sql`
    insert into live_scales (workspace_id, counted_to, known_since, tokens_per_minute,
      cost_pico_per_minute, notional_pico_per_minute, lines_per_minute, running_tasks, queue_depth)
    select ${workspaceId}, ${countedTo}, least(minutes.since, looks.since), tokens, cost, notional,
      lines, running, queued
    from (select min(minute_at) as since, ${busy("tokens")} as tokens, ${busy("cost_pico")} as cost,
        ${busy("notional_pico")} as notional, ${busy("lines")} as lines
      from live_minutes where workspace_id = ${workspaceId}) as minutes
    cross join (select min(sampled_at) as since, ${busy("running_tasks")} as running,
        ${busy("queue_depth")} as queued
      from live_samples where workspace_id = ${workspaceId} and sampled_at >= ${since}) as looks
    on conflict (workspace_id) do update set counted_to = excluded.counted_to,
      known_since = excluded.known_since, tokens_per_minute = excluded.tokens_per_minute,
      cost_pico_per_minute = excluded.cost_pico_per_minute,
      notional_pico_per_minute = excluded.notional_pico_per_minute,
      lines_per_minute = excluded.lines_per_minute, running_tasks = excluded.running_tasks,
      queue_depth = excluded.queue_depth`;
}

export type Mark = {
  readonly id: string;
  readonly at: Date;
  readonly kind: LiveMarkKind;
  readonly subjectId: string;
  readonly subject: string;
};

/** Keeps that something has happened. */
export async function insertMark({ sql, workspaceId }: Ctx, mark: Mark): Promise<void> {
  await sql`
    insert into live_marks (workspace_id, id, at, kind, subject_id, subject)
    values (${workspaceId}, ${mark.id}, ${mark.at}, ${mark.kind}, ${mark.subjectId}, ${mark.subject})`;
}
