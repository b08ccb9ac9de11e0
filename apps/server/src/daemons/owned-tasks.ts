import { daemon } from "@headcount/contract/daemon/routes";
import type { OutputOf } from "@headcount/contract/kit/route";
import { globalHandler } from "../platform/command.ts";
import { setWorkspace } from "../platform/database.ts";
import { listMyWorkspaceIds } from "../workspaces/my-workspaces.ts";
import { daemonOf } from "./as-daemon.ts";

type OwnedTask = OutputOf<typeof daemon.ownedTasks>["items"][number];

/** What the server believes to run on the machine, so that it can say what does not. */
export const listOwnedTasks = globalHandler(daemon.ownedTasks, async (ctx) => {
  const { daemonId, userId } = daemonOf(ctx);
  const items: OwnedTask[] = [];
  for (const { workspaceId } of await listMyWorkspaceIds(ctx, userId)) {
    const rows = await ctx.transaction(async (tx) => {
      await setWorkspace(tx, workspaceId);
      return tx<OwnedTask[]>`
        select workspace_id, id as task_id, lease, status from tasks
        where workspace_id = ${workspaceId} and daemon_id = ${daemonId}
          and status in ('dispatched', 'waiting_directory', 'running')
        order by id`;
    });
    items.push(...rows);
  }
  return { items };
});
