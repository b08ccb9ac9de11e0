import type { RuntimeId } from "@headcount/contract/kit/ids";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { unbindRuntimes } from "../agents/unbind-runtimes.ts";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cancelTasksOf } from "../tasks/cancel-tasks-of.ts";
import { inUse, lockForRemoval } from "./lock-for-removal.ts";
import { markRuntimeRemoved } from "./store.ts";

export const deleteRuntime = command(runtimes.delete, async (ctx, input) => {
  const found = await lockForRemoval(ctx, input.runtimeId);
  if (found.agentIds.length > 0) throw await inUse(ctx, found);
  await remove(ctx, input.runtimeId);
  return {};
});

export const removeAndDeleteRuntime = command(runtimes.removeAndDelete, async (ctx, input) => {
  const found = await lockForRemoval(ctx, input.runtimeId);
  const expected = [...new Set(input.agentIds)].toSorted();
  if (expected.join() !== found.agentIds.join()) throw await inUse(ctx, found);
  let cancelledTasks = 0;
  for (const agentId of found.agentIds) {
    cancelledTasks += await cancelTasksOf(ctx, { agentId }, "runtime_removed");
  }
  cancelledTasks += await remove(ctx, input.runtimeId);
  return { unboundAgents: found.agentIds.length, cancelledTasks };
});

/** @returns how many tasks were cancelled that were still on it */
async function remove(ctx: WorkspaceContext, id: RuntimeId): Promise<number> {
  const cancelled = await cancelTasksOf(ctx, { runtimeId: id }, "runtime_removed");
  await unbindRuntimes(ctx, [id]);
  await markRuntimeRemoved(ctx, id);
  ctx.emit({ type: "runtime.removed", entity: { kind: "runtime", id }, data: {} });
  await ctx.audit({ action: "runtime.removed", target: id });
  return cancelled;
}
