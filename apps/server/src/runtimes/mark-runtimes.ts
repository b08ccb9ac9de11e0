import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitRuntime } from "./emit-runtime.ts";
import { setRuntimesOnline } from "./store.ts";

/** Marks runtimes online or offline and says so of those for which it is news. */
export async function markRuntimes(
  ctx: WorkspaceContext,
  runtimeIds: readonly RuntimeId[],
  state: "online" | "offline",
): Promise<void> {
  for (const id of await setRuntimesOnline(ctx, runtimeIds, state)) {
    emitRuntime(ctx, `runtime.${state}`, id);
  }
}
