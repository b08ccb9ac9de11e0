import type { DaemonId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { wakeMachine } from "../tasks/wake-machine.ts";

/** Tells every machine that has work waiting, once the transaction has committed, to ask for it. */
export async function wakeWaitingMachines(ctx: WorkspaceContext): Promise<void> {
  const machines = await ctx.sql<{ daemonId: DaemonId }[]>`
    select distinct r.daemon_id from tasks t
    join agents a on a.workspace_id = t.workspace_id and a.id = t.agent_id
    join runtimes r on r.workspace_id = a.workspace_id and r.id = a.runtime_id
      and r.removed_at is null
    where t.workspace_id = ${ctx.workspaceId} and t.status in ('queued', 'deferred')`;
  for (const { daemonId } of machines) wakeMachine(ctx, daemonId);
}
