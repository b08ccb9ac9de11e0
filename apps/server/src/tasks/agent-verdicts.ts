import { agentReadiness } from "@headcount/domain/agents/readiness";
import { type AgentAccess, mayInvoke } from "@headcount/domain/agents/may-invoke";
import type { UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import type { TargetAgent } from "./read-target-agent.ts";

/** Who may give the agent work, in the domain's words. */
export function accessOf(agent: TargetAgent): AgentAccess {
  return { mode: agent.access, ownerId: agent.ownerId, allowedMemberIds: agent.allowedIds };
}

/** Whether the person, as a member of this workspace today, may give the agent work. */
export async function personMayInvoke(
  ctx: WorkspaceContext,
  agent: TargetAgent,
  userId: UserId | null,
): Promise<boolean> {
  if (userId === null) return false;
  const [member] = await ctx.sql`
    select 1 from members where workspace_id = ${ctx.workspaceId} and user_id = ${userId}`;
  return mayInvoke(accessOf(agent), { userId, isMember: member !== undefined });
}

/** Whether a runtime may run this agent's work: shared, or of the same owner. */
export function isUsableBy(agent: Pick<TargetAgent, "ownerId" | "runtime">): boolean {
  const { runtime } = agent;
  return runtime !== null && (runtime.sharing === "workspace" || runtime.ownerId === agent.ownerId);
}

/** Whether work given to the agent now would run. */
export function readinessOf(agent: TargetAgent): ReturnType<typeof agentReadiness> {
  const { runtime } = agent;
  return agentReadiness({
    agentName: agent.name,
    archived: agent.archivedAt !== null,
    held: agent.held,
    activeTasks: agent.activeTasks,
    maxConcurrentTasks: agent.maxConcurrentTasks,
    runtime: runtime && {
      name: runtime.name,
      machineName: runtime.machineName,
      ownerName: runtime.ownerName,
      usableByAgent: isUsableBy(agent),
      health: runtime.online ? "online" : "offline",
      problem: runtime.problem,
      problemDetail: runtime.problemDetail,
      repairHint: runtime.repairHint,
    },
  });
}
