import type { TimeRange, TimeSlot } from "@headcount/domain/usage/query/cut-time";
import type { WorkspaceContext } from "../platform/context.ts";
import { longestHoldMs, lookParts } from "./look-parts.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

/** Any number works, as long as nobody else uses it in this database. */
const lockSpace = 7_230_020;
/** Looks and steps are added by short transactions; between two of them there is soon a moment for this. */
const attempts = 20;
const pauseSeconds = 0.05;

/**
 * Says until the commit that a look or a step of lines is being added. Nobody sums quarters
 * meanwhile, so a sum that stands has all of them in it that were there when it was made. While
 * somebody does, it waits: a look that is left out would be a gap.
 */
export async function keepSummingOut({ sql, workspaceId }: Omit<Ctx, "now">): Promise<void> {
  await sql`
    select pg_advisory_xact_lock_shared(hashtextextended(${workspaceId}::text, ${lockSpace}))`;
}

/**
 * Keeps everybody from adding looks and steps until the commit. It asks again and again instead of queueing:
 * who adds one may wait for another who does, and must not find this between them.
 * @returns whether it got hold of them
 */
export async function tryKeepAddingOut({ sql, workspaceId }: Omit<Ctx, "now">): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await sql`select pg_sleep(${pauseSeconds})`;
    const [row] = await sql<{ locked: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended(${workspaceId}::text, ${lockSpace})) as locked`;
    if (row?.locked) return true;
  }
  return false;
}

/** Takes away the quarters of an hour to which a step belongs. */
export async function outdateSteps(
  { sql, workspaceId }: Omit<Ctx, "now">,
  at: Date,
): Promise<void> {
  await sql`
    delete from live_recent_quarters where workspace_id = ${workspaceId}
      and starts_at = date_bin('15 minutes', ${at}::timestamptz, 'epoch'::timestamptz)`;
}

/** Takes away the quarters of an hour that a look changes: it stands for a while, and ends the one before. */
export async function outdateLooks(
  { sql, workspaceId }: Omit<Ctx, "now">,
  at: Date,
): Promise<void> {
  await sql`
    delete from live_recent_quarters where workspace_id = ${workspaceId}
      and starts_at > ${at}::timestamptz - interval '15 minutes' - ${longestHoldMs} * interval '1 ms'
      and starts_at <= ${at}::timestamptz + ${longestHoldMs} * interval '1 ms'`;
}

/** Takes away everything from before an instant. */
export async function forgetQuarters(
  { sql, workspaceId }: Omit<Ctx, "now">,
  before: Date,
): Promise<void> {
  await sql`
    delete from live_recent_quarters where workspace_id = ${workspaceId} and starts_at < ${before}`;
}

/**
 * Sums quarters of an hour. The caller keeps out whoever looks or adds steps.
 * @param quarters whole ones, in order
 * @param stretches the same, those side by side in one
 */
export async function insertQuarters(
  ctx: Ctx,
  quarters: readonly TimeSlot[],
  stretches: readonly TimeRange[],
): Promise<void> {
  const { sql, workspaceId } = ctx;
  const parts = lookParts(ctx, { slots: quarters, read: stretches, lines: "with lines" });
  const starts = quarters.map(({ startsAtMs }) => new Date(startsAtMs).toISOString());
  const figure = (name: string): ReturnType<Ctx["sql"]> =>
    sql`coalesce(round(sum(parts.${sql(name)}))::bigint, 0)`;
  await sql`
    insert into live_recent_quarters (workspace_id, starts_at, known_ms, running_tasks, active_agents,
      capacity, queue_depth, open_issues, lines_added, lines_deleted)
    select ${workspaceId}, quarter.starts_at, ${figure("known_ms")}, ${figure("running_tasks")},
      ${figure("active_agents")}, ${figure("capacity")}, ${figure("queue_depth")},
      ${figure("open_issues")}, sum(parts.lines_added), sum(parts.lines_deleted)
    from unnest(${starts}::timestamptz[]) with ordinality as quarter(starts_at, place)
    left join ${parts} as parts on parts.slot = quarter.place
    group by quarter.starts_at
    on conflict do nothing`;
}
