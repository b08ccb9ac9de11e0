import { agents } from "@headcount/contract/agents/routes";
import type { AgentAccess } from "@headcount/domain/agents/may-invoke";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { accessOfRow } from "./agent-rows.ts";
import { assertMembers } from "./assert-members.ts";
import { emitAgent } from "./emit-agent.ts";
import { lockAgent } from "./lock-agent.ts";
import { getAgent } from "./read-agents.ts";
import { replaceAllowedMembers, updateAgentAccess } from "./store.ts";

export const setAgentAccess = command(agents.setAccess, async (ctx, input) => {
  const before = await lockAgent(ctx, input.agentId, "agent.set_access");
  const allowed = [...new Set(input.allowedMemberIds)].toSorted();
  await assertMembers(ctx, allowed);
  const isSame = input.access === before.access && allowed.join() === before.allowedIds.join();
  if (isSame) return getAgent(ctx, before.id);
  const revision = await updateAgentAccess(ctx, before.id, input.access);
  await replaceAllowedMembers(ctx, before.id, allowed);
  emitAgent(ctx, "agent.updated", { id: before.id, revision }, ["access"]);
  tellWhoLostIt(ctx, { id: before.id, revision }, accessOfRow(before));
  await ctx.audit({
    action: "agent.access_changed",
    target: before.id,
    details: {
      before: { access: before.access, allowedMemberIds: before.allowedIds },
      after: { access: input.access, allowedMemberIds: allowed },
    },
  });
  return getAgent(ctx, before.id);
});

/**
 * The agent's audience of now hears of the change anyway. Whoever could see it until now hears that
 * something about it has changed, so that their lists drop it.
 */
function tellWhoLostIt(
  ctx: WorkspaceContext,
  agent: { readonly id: string; readonly revision: number },
  before: AgentAccess,
): void {
  if (before.mode === "owner_only") return;
  ctx.emit({
    type: "agent.updated",
    entity: { kind: "agent", id: agent.id, revision: agent.revision },
    changed: ["access"],
    data: {},
    audience:
      before.mode === "workspace"
        ? { kind: "workspace" }
        : { kind: "members", ids: [...before.allowedMemberIds] },
  });
}
