import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import { joinQuarters } from "@headcount/domain/usage/query/join-quarters";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Job } from "../platform/jobs.ts";
import { keptSince } from "./kept-since.ts";
import { longestHoldMs } from "./look-parts.ts";
import { insertQuarters, tryKeepAddingOut } from "./store-recent-quarters.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

const quarterMs = 15 * 60_000;
/** Looks and steps wait meanwhile. */
const mostAtOnce = 24;

/** Sums the quarters of an hour of the last week that are over, the newest first. */
export const countQuarters: Job = {
  name: "live.count-quarters",
  everySeconds: 300,
  scope: "workspace",
  run: async (ctx: WorkspaceContext) => {
    if (!(await tryKeepAddingOut(ctx))) return;
    const due = await readDue(ctx);
    if (due.length === 0) return;
    const slots = due.map(
      (fromMs): TimeSlot => ({
        startsAtMs: fromMs,
        endsAtMs: fromMs + quarterMs,
        label: "",
        isCut: false,
      }),
    );
    await insertQuarters(ctx, slots, joinQuarters(due));
  },
};

/** Beginnings of the quarters that are to be summed, in order: none from before the first look or step. */
async function readDue({ sql, workspaceId, now }: Ctx): Promise<readonly number[]> {
  const toMs = Math.floor((now.getTime() - longestHoldMs) / quarterMs) * quarterMs;
  const rows = await sql<{ startsAt: Date }[]>`
    select quarter_at as starts_at
    from (select least(
      (select min(sampled_at) from live_samples where workspace_id = ${workspaceId}),
      (select min(at) from live_line_steps where workspace_id = ${workspaceId})) as at) as first
    cross join lateral generate_series(
      greatest(${keptSince(now)}::timestamptz, date_bin('15 minutes', first.at, 'epoch'::timestamptz)),
      ${new Date(toMs - quarterMs)}::timestamptz, interval '15 minutes') as quarter_at
    where first.at is not null and not exists (select 1 from live_recent_quarters q
      where q.workspace_id = ${workspaceId} and q.starts_at = quarter_at)
    order by quarter_at desc limit ${mostAtOnce}`;
  return rows.map(({ startsAt }) => startsAt.getTime()).toReversed();
}
