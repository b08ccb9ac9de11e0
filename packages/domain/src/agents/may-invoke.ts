import type { AgentAccessMode } from "@headcount/contract/agents/schemas";

/** Who may give an agent work. */
export type AgentAccess = {
  readonly mode: AgentAccessMode;
  readonly ownerId: string;
  readonly allowedMemberIds: readonly string[];
};

/** The person behind an act: themself, or the originator of the task that an agent runs. */
export type EffectiveHuman = {
  readonly userId: string;
  readonly isMember: boolean;
};

/**
 * Whether a person may give an agent work. Roles play no part: an admin has no way around an
 * owner's choice. Somebody who has left the workspace may do nothing in it.
 */
export function mayInvoke(access: AgentAccess, human: EffectiveHuman | null): boolean {
  if (human === null || !human.isMember) return false;
  if (human.userId === access.ownerId) return true;
  if (access.mode === "workspace") return true;
  return access.mode === "allow_list" && access.allowedMemberIds.includes(human.userId);
}

/** Whether work that no person stands behind may use an agent; only where the workspace allows it. */
export function mayInvokeUnattributed(
  access: AgentAccess,
  unattributedWork: "refuse" | "allow",
): boolean {
  return unattributedWork === "allow" && access.mode === "workspace";
}

/** Why work is refused; the same for closed, unknown and archived-and-closed agents. */
export const agentNotAvailable = "agent_not_available";
