import type { AgentId } from "@headcount/contract/kit/ids";
import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import { agentNotAvailable } from "@headcount/domain/agents/may-invoke";
import type { NoTriggerReason } from "@headcount/domain/issues/triggers";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import { personMayInvoke } from "./agent-verdicts.ts";
import { readTargetAgent } from "./read-target-agent.ts";

/** The same for a missing agent and for one that is closed to the person, so nothing leaks. */
export function unavailableVerdict(agentId: AgentId): TriggerVerdict {
  return {
    agentId,
    agentName: "",
    effect: "blocked",
    reason: agentNotAvailable,
    detail: "This agent is not available to you. Ask its owner for access.",
    taskId: null,
  };
}

const noStartTexts: Record<NoTriggerReason, string> = {
  no_agent: "No agent is assigned.",
  backlog: "Work in the backlog does not start; move the issue to Todo to start it.",
  not_starting_change: "This change starts nothing.",
  start_declined: "Written without starting the agent.",
  own_run: "An agent does not start itself on the issue it is working on.",
};

/** A verdict on a write that starts nothing although an agent is assigned. */
export async function noStartVerdict(
  ctx: WorkspaceContext,
  agentId: AgentId,
  reason: NoTriggerReason,
): Promise<TriggerVerdict> {
  const agent = await readTargetAgent(ctx, agentId);
  const mayInvoke = agent && (await personMayInvoke(ctx, agent, effectiveUserId(ctx.actor)));
  // A change that starts nothing concerns an agent that may have been assigned by somebody else.
  const concernsAgent = reason !== "not_starting_change" && reason !== "own_run";
  if (concernsAgent && !mayInvoke) return unavailableVerdict(agentId);
  return {
    agentId,
    agentName: agent && mayInvoke ? agent.name : "",
    effect: "none",
    reason,
    detail: noStartTexts[reason],
    taskId: null,
  };
}
