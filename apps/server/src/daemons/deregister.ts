import { daemon } from "@headcount/contract/daemon/routes";
import { globalHandler } from "../platform/command.ts";
import { listMyWorkspaceIds } from "../workspaces/my-workspaces.ts";
import { daemonOf, inWorkspaceAsDaemon } from "./as-daemon.ts";
import { emitRuntime } from "./emit-runtime.ts";
import { readMachineRuntimes } from "./read-machine-runtimes.ts";
import { deleteLiveness, setRuntimesOnline } from "./store.ts";

/** A machine that goes away on purpose is offline at once; nobody has to wait for its silence. */
export const deregisterDaemon = globalHandler(daemon.deregister, async (ctx) => {
  const { daemonId, userId } = daemonOf(ctx);
  for (const { workspaceId } of await listMyWorkspaceIds(ctx, userId)) {
    await inWorkspaceAsDaemon(ctx, workspaceId, async (workspaceCtx) => {
      const runtimes = await readMachineRuntimes(workspaceCtx, daemonId);
      const ids = runtimes.map((runtime) => runtime.id);
      for (const id of await setRuntimesOnline(workspaceCtx, ids, "offline")) {
        emitRuntime(workspaceCtx, "runtime.offline", id);
      }
      await deleteLiveness(workspaceCtx, daemonId);
    });
  }
  return {};
});
