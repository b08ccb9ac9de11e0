import type { RuntimeId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitAgent } from "./emit-agent.ts";
import { replaceRuntime } from "./store.ts";

/** Moves every agent of a runtime to another one of the same CLI. @returns how many there were */
export async function replaceRuntimeOfAgents(
  ctx: WorkspaceContext,
  from: RuntimeId,
  to: RuntimeId,
): Promise<number> {
  const moved = await replaceRuntime(ctx, from, to);
  for (const agent of moved) emitAgent(ctx, "agent.updated", agent, ["runtimeId"]);
  return moved.length;
}
