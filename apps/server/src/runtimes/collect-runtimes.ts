import type { RuntimeId } from "@headcount/contract/kit/ids";
import { runtimeKeptMs } from "@headcount/domain/runtimes/runtime-life";
import { unbindRuntimes } from "../agents/unbind-runtimes.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import type { Job } from "../platform/jobs.ts";
import { removeUnusedRuntimes } from "./store.ts";

const mostPerRun = 100;

/**
 * Forgets runtimes whose machines have been gone for a week and that nothing needs; archived agents
 * need nothing. The rows are locked first and judged after that, so that an agent that is bound
 * meanwhile keeps its runtime.
 */
export const collectRuntimes: Job = {
  name: "runtimes.collect",
  everySeconds: 3_600,
  scope: "workspace",
  run: async (ctx) => {
    const silentSince = new Date(ctx.now.getTime() - runtimeKeptMs);
    const silent = await lockSilent(ctx, silentSince);
    if (silent.length === 0) return;
    const removed = await removeUnusedRuntimes(ctx, silent, silentSince);
    await unbindRuntimes(ctx, removed);
    for (const id of removed) {
      ctx.emit({ type: "runtime.removed", entity: { kind: "runtime", id }, data: {} });
    }
  },
};

/** Their archived agents are locked before them, as in every transaction. */
async function lockSilent(ctx: WorkspaceContext, silentSince: Date): Promise<RuntimeId[]> {
  const isSilent = ctx.sql`removed_at is null and not online and last_seen_at < ${silentSince}`;
  await ctx.sql`
    select 1 from agents
    where workspace_id = ${ctx.workspaceId} and archived_at is not null and runtime_id in (
      select id from runtimes where workspace_id = ${ctx.workspaceId} and ${isSilent})
    order by id for update`;
  const rows = await ctx.sql<{ id: RuntimeId }[]>`
    select id from runtimes where workspace_id = ${ctx.workspaceId} and ${isSilent}
    order by id limit ${mostPerRun} for update skip locked`;
  return rows.map((row) => row.id);
}
