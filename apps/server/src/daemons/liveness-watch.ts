import { minimumSilenceMs } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";

/** A pause of the sweeps longer than this means that nobody was there to hear heartbeats. */
const longestGapMs = 90_000;

/**
 * Notes that heartbeats are being watched. @returns whether they have been, without a gap, for as
 * long as a machine may be silent; before that nobody is judged.
 */
export async function watchLiveness(ctx: WorkspaceContext): Promise<boolean> {
  const gap = new Date(ctx.now.getTime() - longestGapMs);
  const [watch] = await ctx.sql<{ watchingSince: Date }[]>`
    insert into liveness_watch (workspace_id, watching_since, swept_at)
    values (${ctx.workspaceId}, ${ctx.now}, ${ctx.now})
    on conflict (workspace_id) do update set swept_at = excluded.swept_at,
      watching_since = case when liveness_watch.swept_at < ${gap} then excluded.watching_since
        else liveness_watch.watching_since end
    returning watching_since`;
  return watch !== undefined && hasWatchedLongEnough(ctx.now, watch.watchingSince);
}

function hasWatchedLongEnough(now: Date, since: Date): boolean {
  return now.getTime() - since.getTime() >= minimumSilenceMs;
}
