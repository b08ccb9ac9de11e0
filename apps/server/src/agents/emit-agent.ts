import type { AgentId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

type AgentChange = "agent.created" | "agent.updated" | "agent.archived" | "agent.restored";

/** Says what happened to an agent, to those who may see it. */
export function emitAgent(
  ctx: WorkspaceContext,
  type: AgentChange,
  agent: { readonly id: AgentId; readonly revision: number },
  changed: readonly string[] = [],
): void {
  ctx.emit({
    type,
    entity: { kind: "agent", id: agent.id, revision: agent.revision },
    changed,
    data: {},
    audience: { kind: "agent", id: agent.id },
  });
}
