import type { AgentId } from "@headcount/contract/kit/ids";
import type { Job } from "../platform/jobs.ts";
import { promoteDeferred } from "./promote-deferred.ts";
import { readRecentQuotaWaits } from "./read-quota-waits.ts";

/** Makes deferred tasks claimable when their time has come, also where no machine claims. */
export const promoteDue: Job = {
  name: "tasks.promote",
  everySeconds: 30,
  scope: "workspace",
  run: async (ctx) => {
    const agents = await ctx.sql<{ id: AgentId }[]>`
      select a.id from agents a where a.workspace_id = ${ctx.workspaceId} and exists (
        select 1 from tasks t where t.workspace_id = a.workspace_id and t.agent_id = a.id
          and t.status = 'deferred'
          and (t.fire_at <= ${ctx.now} or t.fire_reason in ('runtime_online', 'backoff')))
      order by a.id for share skip locked`;
    await promoteDeferred(
      ctx,
      agents.map((agent) => agent.id),
      await readRecentQuotaWaits(ctx),
    );
  },
};
