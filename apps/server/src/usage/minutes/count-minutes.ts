import type { WorkspaceContext } from "../../platform/context.ts";
import type { Job } from "../../platform/jobs.ts";
import { hasArchivedUsage } from "../query/has-archived-usage.ts";
import { planAnew } from "../query/plan-anew.ts";
import { readLedgerPlaces } from "../query/read-ledger-places.ts";
import { tryLockSums } from "../rollups/lock-sums.ts";
import { setMinutesOf } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

const everySeconds = 300;
const quarterMs = 15 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** The longest chart of minutes is a day and two hours. */
const lookedAtMs = dayMs + 2 * 60 * 60_000;
/** With fewer calls in a quarter of an hour the ledger itself is read as fast. */
const fewestCalls = 300;
/** Folding waits meanwhile. */
const mostAtOnce = 12;
/** What is brought in or corrected late is found again within two days. */
const daysBack = 500;

/** Keeps the minutes of busy quarters of an hour, those of the last day first. */
export const countMinutes: Job = {
  name: "usage.count-minutes",
  everySeconds,
  scope: "workspace",
  run: async (ctx: WorkspaceContext) => {
    if (!(await tryLockSums(ctx))) return;
    await planAnew(ctx);
    const nowMs = Math.floor(ctx.now.getTime() / quarterMs) * quarterMs;
    const turn = Math.floor(ctx.now.getTime() / (everySeconds * 1_000)) % daysBack;
    const fromMs = nowMs - lookedAtMs;
    const due = [
      ...(await readDue(ctx, new Date(fromMs), new Date(nowMs))),
      ...(await readDue(
        ctx,
        new Date(fromMs - (turn + 1) * dayMs),
        new Date(fromMs - turn * dayMs),
      )),
    ];
    for (const quarterAt of due.slice(0, mostAtOnce)) {
      const fromQuarterMs = quarterAt.getTime();
      const range = { fromMs: fromQuarterMs, toMs: fromQuarterMs + quarterMs };
      await setMinutesOf(ctx, quarterAt, await readLedgerPlaces(ctx, [range]));
    }
  },
};

/** Busy quarters that are over and whose minutes are not kept, newest first; archived ones have none. */
async function readDue(ctx: Ctx, from: Date, to: Date): Promise<readonly Date[]> {
  const { sql, workspaceId } = ctx;
  const quarter: Parameters<typeof hasArchivedUsage>[1] = {
    from: sql`busy.quarter_at`,
    to: sql`busy.quarter_at + interval '15 minutes'`,
  };
  const rows = await sql<{ quarterAt: Date }[]>`
    select busy.quarter_at from (
      select b.bucket_at as quarter_at from usage_buckets b
      where b.workspace_id = ${workspaceId} and b.bucket_at >= ${from} and b.bucket_at < ${to}
        and not exists (select 1 from usage_minute_quarters q
          where q.workspace_id = b.workspace_id and q.quarter_at = b.bucket_at)
      group by b.bucket_at having sum(b.events) >= ${fewestCalls}
    ) as busy
    where not ${hasArchivedUsage(ctx, quarter)}
    order by busy.quarter_at desc`;
  return rows.map(({ quarterAt }) => quarterAt);
}
