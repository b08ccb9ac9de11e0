import { daemon } from "@headcount/contract/daemon/routes";
import { globalHandler } from "../platform/command.ts";
import { markRuntimes } from "../runtimes/mark-runtimes.ts";
import { readMachineRuntimes } from "../runtimes/read-machine-runtimes.ts";
import { listMyWorkspaceIds } from "../workspaces/my-workspaces.ts";
import { daemonOf, inWorkspaceAsDaemon } from "./as-daemon.ts";
import { deleteLiveness } from "./store.ts";

/** A machine that goes away on purpose is offline at once; nobody has to wait for its silence. */
export const deregisterDaemon = globalHandler(daemon.deregister, async (ctx) => {
  const { daemonId, userId } = daemonOf(ctx);
  for (const { workspaceId } of await listMyWorkspaceIds(ctx, userId)) {
    await inWorkspaceAsDaemon(ctx, workspaceId, async (workspaceCtx) => {
      const runtimes = await readMachineRuntimes(workspaceCtx, daemonId);
      const ids = runtimes.map((runtime) => runtime.id);
      await markRuntimes(workspaceCtx, ids, "offline");
      await deleteLiveness(workspaceCtx, daemonId);
    });
  }
  return {};
});
