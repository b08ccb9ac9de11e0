import type { AgentId, RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitAgent } from "./emit-agent.ts";
import { setAgentRuntime } from "./store.ts";

/** Binds an agent to a runtime of the same CLI that its owner may use. */
export async function bindRuntime(
  ctx: WorkspaceContext,
  id: AgentId,
  runtimeId: RuntimeId,
): Promise<void> {
  const revision = await setAgentRuntime(ctx, id, runtimeId);
  emitAgent(ctx, "agent.updated", { id, revision }, ["runtimeId"]);
}
