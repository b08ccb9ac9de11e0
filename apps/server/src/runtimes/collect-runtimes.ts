import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { Job } from "../platform/jobs.ts";
import { removeUnusedRuntimes } from "./store.ts";

const mostPerRun = 100;
const keptMs = 7 * 24 * 60 * 60_000;

/**
 * Forgets runtimes whose machines have been gone for a week and that nothing needs. The rows are
 * locked first and judged after that, so that an agent that is bound meanwhile keeps its runtime.
 */
export const collectRuntimes: Job = {
  name: "runtimes.collect",
  everySeconds: 3_600,
  scope: "workspace",
  run: async (ctx) => {
    const silentSince = new Date(ctx.now.getTime() - keptMs);
    const silent = await ctx.sql<{ id: RuntimeId }[]>`
      select id from runtimes
      where workspace_id = ${ctx.workspaceId} and removed_at is null and not online
        and last_seen_at < ${silentSince}
      order by id limit ${mostPerRun} for update skip locked`;
    if (silent.length === 0) return;
    const removed = await removeUnusedRuntimes(
      ctx,
      silent.map((runtime) => runtime.id),
      silentSince,
    );
    for (const id of removed) {
      ctx.emit({ type: "runtime.removed", entity: { kind: "runtime", id }, data: {} });
    }
  },
};
