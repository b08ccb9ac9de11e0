import type { RuntimeId } from "@headcount/contract/kit/ids";
import { minimumSilenceMs } from "@headcount/domain/tasks/transitions";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Job } from "../platform/jobs.ts";
import { markRuntimes } from "../runtimes/mark-runtimes.ts";
import { sweepTasks } from "../tasks/sweep-tasks.ts";
import { watchLiveness } from "./liveness-watch.ts";

const mostPerSweep = 500;

/** Finds silent machines, and the work that waits for something that will not come by itself. */
export const sweep: Job = {
  name: "work.sweep",
  everySeconds: 30,
  scope: "workspace",
  run: async (ctx) => {
    if (!(await watchLiveness(ctx))) return;
    await markSilentOffline(ctx);
    await sweepTasks(ctx);
  },
};

async function markSilentOffline(ctx: WorkspaceContext): Promise<void> {
  const silentSince = new Date(ctx.now.getTime() - minimumSilenceMs);
  const silent = await ctx.sql<{ id: RuntimeId }[]>`
    select r.id from runtimes r
    left join daemon_liveness l on l.workspace_id = r.workspace_id and l.daemon_id = r.daemon_id
    where r.workspace_id = ${ctx.workspaceId} and r.online and r.removed_at is null
      and greatest(r.last_seen_at, l.beat_at) < ${silentSince}
    order by r.id limit ${mostPerSweep} for update of r skip locked`;
  const ids = silent.map((runtime) => runtime.id);
  await markRuntimes(ctx, ids, "offline");
}
