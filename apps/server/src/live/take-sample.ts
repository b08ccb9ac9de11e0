import { holdsMs, isSampleDue, tickOf } from "@headcount/domain/live/sample-rhythm";
import type { WorkspaceContext } from "../platform/context.ts";
import { readState } from "./read-state.ts";
import { insertSample } from "./store.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now">;

/** Any number works, as long as nobody else uses it in this database. */
const lockSpace = 7_230_019;

/**
 * Looks at the workspace and keeps what it sees, when a look is due. What came before is read from
 * what is kept, so that a server that has just started goes on where the last one was; of several
 * servers the one that is first does it.
 * @returns whether anything is going on, or null where another server is at it
 */
export async function takeSample(ctx: Ctx): Promise<"busy" | "idle" | null> {
  if (!(await tryLockLooks(ctx))) return null;
  const tickMs = tickOf(ctx.now.getTime());
  const [last, state] = await Promise.all([readLast(ctx), readState(ctx)]);
  const activity = state.runningTasks + state.queueDepth > 0 ? "busy" : "idle";
  // One more look when work has just ended, so that the end is not seen a minute late.
  const rhythm = activity === "busy" || last?.isBusy ? "busy" : "idle";
  if (isSampleDue(tickMs, last?.atMs ?? null, rhythm)) {
    await insertSample(ctx, { sampledAt: new Date(tickMs), holdsMs: holdsMs(activity), state });
  }
  return activity;
}

/** Keeps others from looking until the commit. @returns whether nobody else does already */
async function tryLockLooks({
  sql,
  workspaceId,
}: Pick<Ctx, "sql" | "workspaceId">): Promise<boolean> {
  const [row] = await sql<{ locked: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${workspaceId}::text, ${lockSpace})) as locked`;
  return row?.locked ?? false;
}

async function readLast({
  sql,
  workspaceId,
}: Ctx): Promise<{ readonly atMs: number; readonly isBusy: boolean } | null> {
  const [row] = await sql<{ sampledAt: Date; isBusy: boolean }[]>`
    select sampled_at, running_tasks + queue_depth > 0 as is_busy from live_samples
    where workspace_id = ${workspaceId} order by sampled_at desc limit 1`;
  return row ? { atMs: row.sampledAt.getTime(), isBusy: row.isBusy } : null;
}
