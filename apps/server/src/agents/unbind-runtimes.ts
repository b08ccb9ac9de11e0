import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitAgent } from "./emit-agent.ts";
import { clearRuntimes } from "./store.ts";

/** Leaves every agent of runtimes that go away without one. */
export async function unbindRuntimes(
  ctx: WorkspaceContext,
  runtimeIds: readonly RuntimeId[],
): Promise<void> {
  if (runtimeIds.length === 0) return;
  for (const agent of await clearRuntimes(ctx, runtimeIds)) {
    emitAgent(ctx, "agent.updated", agent, ["runtimeId"]);
  }
}
