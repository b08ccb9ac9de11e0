import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { replaceRuntimeOfTasks } from "./store-tasks.ts";

/**
 * Books the tasks of one runtime on another, those that prefer it included. Whoever holds a lease
 * keeps it, and each task the name of the machine that ran it. @returns how many there were
 */
export function moveTasksToRuntime(
  ctx: WorkspaceContext,
  from: RuntimeId,
  to: RuntimeId,
): Promise<number> {
  return replaceRuntimeOfTasks(ctx, from, to);
}
