import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { markRuntimes } from "./mark-runtimes.ts";
import type { ServedMachine } from "./take-over-machine.ts";

/**
 * Takes a machine away from its other daemons, because its owner has just chosen this one. What
 * they have begun they may finish.
 */
export async function releaseMachine(
  ctx: WorkspaceContext,
  { daemonId, machineId, ownerId }: ServedMachine,
): Promise<void> {
  const rows = await ctx.sql<{ id: RuntimeId }[]>`
    select id from runtimes
    where workspace_id = ${ctx.workspaceId} and owner_id = ${ownerId} and online
      and machine_id = ${machineId} and daemon_id <> ${daemonId} and removed_at is null
    order by id for update`;
  const ids = rows.map((row) => row.id);
  await markRuntimes(ctx, ids, "offline");
}
