import type { Role } from "@headcount/contract/workspaces/schemas";
import { type AgentAccess, mayInvoke } from "./may-invoke.ts";

/**
 * What a person sees of an agent. `inventory`: that it exists, its owner and its configuration,
 * for administration; no transcripts, no prompts. `none`: the agent is not there at all.
 */
export type AgentVisibility = "full" | "inventory" | "none";

/** What a member of the workspace, or an agent through its originator, sees of an agent. */
export function agentVisibility(
  access: AgentAccess,
  person: { readonly userId: string; readonly role: Role } | null,
): AgentVisibility {
  if (person === null) return "none";
  if (mayInvoke(access, { userId: person.userId, isMember: true })) return "full";
  return person.role === "member" ? "none" : "inventory";
}

/** Whether a person belongs to the agent's audience: may read its runs, prompts and transcripts. */
export function maySeeRuns(
  access: AgentAccess,
  person: { readonly userId: string; readonly role: Role } | null,
): boolean {
  return agentVisibility(access, person) === "full";
}
