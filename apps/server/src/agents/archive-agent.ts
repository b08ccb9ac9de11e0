import { agents } from "@headcount/contract/agents/routes";
import type { AgentId } from "@headcount/contract/kit/ids";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitAgent } from "./emit-agent.ts";
import { lockAgent } from "./lock-agent.ts";
import { getAgent } from "./read-agents.ts";
import { setAgentArchived } from "./store.ts";

export const archiveAgentCommand = command(agents.archive, async (ctx, input) => {
  const before = await lockAgent(ctx, input.agentId, "agent.archive");
  await archiveAgent(ctx, before.id);
  return getAgent(ctx, before.id);
});

/** Hides a locked agent. Its unfinished tasks end in a reaction, in the same transaction. */
export async function archiveAgent(ctx: WorkspaceContext, id: AgentId): Promise<void> {
  const revision = await setAgentArchived(ctx, id, ctx.now);
  if (revision === null) return;
  emitAgent(ctx, "agent.archived", { id, revision }, ["archivedAt"]);
  await ctx.audit({ action: "agent.archived", target: id });
}
