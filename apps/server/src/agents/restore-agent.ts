import { agents } from "@headcount/contract/agents/routes";
import type { UserId } from "@headcount/contract/kit/ids";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import { command } from "../platform/command.ts";
import type { AgentRow } from "./agent-rows.ts";
import { emitAgent } from "./emit-agent.ts";
import { lockAgent } from "./lock-agent.ts";
import { refuseTakenName } from "./name-taken.ts";
import { getAgent } from "./read-agents.ts";
import { replaceEnvironment, setAgentArchived, setAgentOwner } from "./store.ts";

/** Brings back the configuration; tasks that archiving cancelled stay cancelled. */
export const restoreAgent = command(agents.restore, async (ctx, input) => {
  const before = await lockAgent(ctx, input.agentId, "agent.archive");
  const revision = await refuseTakenName(before.name, setAgentArchived(ctx, before.id, null));
  if (revision === null) return getAgent(ctx, before.id);
  await takeOverFromFormerMember(ctx, before);
  emitAgent(ctx, "agent.restored", { id: before.id, revision }, ["archivedAt"]);
  await ctx.audit({ action: "agent.restored", target: before.id });
  return getAgent(ctx, before.id);
});

/** An agent whose owner has left belongs to whoever brings it back. */
async function takeOverFromFormerMember(ctx: WorkspaceContext, agent: AgentRow): Promise<void> {
  const [owner] = await ctx.sql<{ userId: UserId }[]>`
    select user_id from members
    where workspace_id = ${ctx.workspaceId} and user_id = ${agent.ownerId}`;
  const userId = effectiveUserId(ctx.actor);
  if (owner || userId === null) return;
  await setAgentOwner(ctx, agent.id, userId);
  // The former owner's credentials do not pass to somebody else.
  await replaceEnvironment(ctx, agent.id, [], []);
  await ctx.audit({
    action: "agent.transferred",
    target: agent.id,
    details: { from: agent.ownerId, to: userId },
  });
}
