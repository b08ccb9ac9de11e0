import type { WorkspaceContext } from "../platform/context.ts";
import type { Job } from "../platform/jobs.ts";
import { ledgerPoints, type LedgerRange } from "../usage/query/ledger-points.ts";
import { planAnew } from "../usage/query/plan-anew.ts";
import { readLedgerPlaces } from "../usage/query/read-ledger-places.ts";
import { keptSince } from "./kept-since.ts";
import { setMinutes, setScales } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

type Fragment = ReturnType<WorkspaceContext["sql"]>;

const minuteMs = 60_000;
/** Machines deliver late; minutes are counted once more until they are this old. */
const recountMs = 30 * minuteMs;
const hourMs = 60 * minuteMs;
/** A statement counts at most this much. */
const dayMs = 24 * hourMs;
const days = 7;

const everySeconds = 300;

/** Keeps the scales of the gauges in step with the last 7 days. */
export const countScales: Job = {
  name: "live.count-scales",
  everySeconds,
  scope: "workspace",
  run: async (ctx: WorkspaceContext) => {
    await planAnew(ctx);
    const since = keptSince(ctx.now);
    const nowMs = Math.floor(ctx.now.getTime() / minuteMs) * minuteMs;
    const from = await firstToCount(ctx, since, nowMs - recountMs);
    for (let fromMs = from.getTime(); fromMs < nowMs; fromMs += dayMs) {
      await count(ctx, new Date(fromMs), new Date(Math.min(nowMs, fromMs + dayMs)));
    }
    if (nowMs % hourMs < everySeconds * 1_000) await recountOneDay(ctx, nowMs);
    await setScales(ctx, { since, countedTo: new Date(nowMs) });
  },
};

/** What was brought in or delivered days late counts as well: every hour another day is looked at again. */
async function recountOneDay(ctx: Ctx, nowMs: number): Promise<void> {
  const daysAgo = 1 + (Math.floor(nowMs / hourMs) % days);
  const from = new Date(Math.max(nowMs - daysAgo * dayMs, keptSince(ctx.now).getTime()));
  await count(ctx, from, new Date(Math.min(nowMs, from.getTime() + dayMs)));
}

async function count(ctx: Ctx, from: Date, to: Date): Promise<void> {
  const places = await readLedgerPlaces(ctx, [{ fromMs: from.getTime(), toMs: to.getTime() }]);
  await setMinutes(ctx, { from, to }, countedMinutes(ctx, { from, to, places }));
}

/** From where nothing has been counted yet, at the latest from where counting is repeated. */
async function firstToCount(
  { sql, workspaceId }: Ctx,
  since: Date,
  recountedFromMs: number,
): Promise<Date> {
  const [row] = await sql<{ countedTo: Date | null; usedFrom: Date | null }[]>`
    select (select counted_to from live_scales where workspace_id = ${workspaceId}) as counted_to,
      least((select min(bucket_at) from usage_buckets
          where workspace_id = ${workspaceId} and bucket_at >= ${since}),
        (select min(bucket_at) from usage_tail
          where workspace_id = ${workspaceId} and bucket_at >= ${since})) as used_from`;
  const fromMs = (row?.countedTo ?? row?.usedFrom)?.getTime() ?? recountedFromMs;
  return new Date(Math.max(since.getTime(), Math.min(fromMs, recountedFromMs)));
}

function countedMinutes(ctx: Ctx, range: LedgerRange): Fragment {
  const { sql, workspaceId } = ctx;
  const { from, to } = range;
  return sql`
    select ${workspaceId}, minute_at, sum(tokens), sum(cost_pico), sum(notional_pico),
      greatest(sum(lines), 0)
    from (
      select date_bin('1 minute', p.bucket_at, 'epoch'::timestamptz) as minute_at,
        p.input + p.cache_read + p.cache_write_5m + coalesce(p.cache_write_1h, 0) + p.output as tokens,
        coalesce(p.cost_pico, 0) as cost_pico, coalesce(p.notional_pico, 0) as notional_pico,
        0 as lines
      from ${ledgerPoints(ctx, range, new Set(["usage"]))} p
      union all
      select date_bin('1 minute', at, 'epoch'::timestamptz), 0, 0, 0, lines_added + lines_deleted
      from live_line_steps where workspace_id = ${workspaceId} and at >= ${from} and at < ${to}
    ) as used
    group by minute_at`;
}
