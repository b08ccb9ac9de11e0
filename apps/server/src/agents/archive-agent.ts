import { agents } from "@headcount/contract/agents/routes";
import type { AgentId } from "@headcount/contract/kit/ids";
import { command } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { cancelTasksOf } from "../tasks/cancel-tasks-of.ts";
import { lockIssuesOfWork } from "../tasks/lock-issues-of-work.ts";
import { emitAgent } from "./emit-agent.ts";
import { lockAgent } from "./lock-agent.ts";
import { getAgent } from "./read-agents.ts";
import { setAgentArchived } from "./store.ts";

export const archiveAgentCommand = command(agents.archive, async (ctx, input) => {
  await lockIssuesOfWork(ctx, [{ agentId: input.agentId }]);
  const before = await lockAgent(ctx, input.agentId, "agent.archive");
  await archiveAgent(ctx, before.id);
  return getAgent(ctx, before.id);
});

/** Hides a locked agent and cancels its unfinished tasks, whose issues are locked. */
export async function archiveAgent(ctx: WorkspaceContext, id: AgentId): Promise<void> {
  const revision = await setAgentArchived(ctx, id, ctx.now);
  if (revision === null) return;
  await cancelTasksOf(ctx, { agentId: id }, "agent_archived");
  emitAgent(ctx, "agent.archived", { id, revision }, ["archivedAt"]);
  await ctx.audit({ action: "agent.archived", target: id });
}
