import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitAgent } from "./emit-agent.ts";
import { clearRuntime } from "./store.ts";

/** Leaves every agent of a runtime that goes away without one. */
export async function unbindRuntime(ctx: WorkspaceContext, runtimeId: RuntimeId): Promise<void> {
  for (const agent of await clearRuntime(ctx, runtimeId)) {
    emitAgent(ctx, "agent.updated", agent, ["runtimeId"]);
  }
}
