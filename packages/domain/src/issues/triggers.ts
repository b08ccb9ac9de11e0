import type { AgentId } from "@headcount/contract/kit/ids";
import type { IssueStatus } from "@headcount/contract/issues/schemas";
import type { GuardVerdict } from "../tasks/loop-guards.ts";
import { categoryOf, releasesFromBacklog } from "./status-categories.ts";

/** Somebody an issue is given to. Kept as a union so that groups of agents can join it. */
export type Assignee =
  | { readonly type: "member"; readonly id: string }
  | { readonly type: "agent"; readonly id: AgentId };

/** The members of an issue that decide whether a write starts a run. */
export type IssueTriggerState = {
  readonly status: IssueStatus;
  readonly assignee: Assignee | null;
};

export type IssueWrite = {
  /** Null for a new issue. */
  readonly before: IssueTriggerState | null;
  readonly after: IssueTriggerState;
  /** False: write without starting. */
  readonly start: boolean;
  /** Agent that makes the write from a run on this same issue; null otherwise. */
  readonly runningAgentId: AgentId | null;
};

/** Why an issue write starts nothing although nobody stands in its way. */
export type NoTriggerReason =
  | "no_agent"
  | "backlog"
  | "not_starting_change"
  | "start_declined"
  | "own_run";

export type IssueTrigger =
  | { readonly start: true; readonly agentId: AgentId; readonly cause: "assigned" | "left_backlog" }
  | { readonly start: false; readonly agentId: AgentId | null; readonly reason: NoTriggerReason };

/**
 * Whether an issue write starts its agent, before asking whether that agent can and may run.
 * Create, update, move and preview all ask here, so that a preview is what then happens.
 */
export function issueTrigger(write: IssueWrite): IssueTrigger {
  const { before, after } = write;
  if (after.assignee === null || after.assignee.type !== "agent") return none(null, "no_agent");
  const agentId = after.assignee.id;
  const cause = startingCause(before, after, agentId);
  if (cause === null) {
    const parked = before === null || assigneeChanged(before, agentId);
    return none(agentId, parked ? "backlog" : "not_starting_change");
  }
  if (write.runningAgentId === agentId) return none(agentId, "own_run");
  if (!write.start) return none(agentId, "start_declined");
  return { start: true, agentId, cause };
}

function startingCause(
  before: IssueTriggerState | null,
  after: IssueTriggerState,
  agentId: AgentId,
): "assigned" | "left_backlog" | null {
  const parked = categoryOf(after.status) === "backlog";
  if (before === null || assigneeChanged(before, agentId)) return parked ? null : "assigned";
  return releasesFromBacklog(before.status, after.status) ? "left_backlog" : null;
}

function assigneeChanged(before: IssueTriggerState, agentId: AgentId): boolean {
  return before.assignee?.type !== "agent" || before.assignee.id !== agentId;
}

function none(agentId: AgentId | null, reason: NoTriggerReason): IssueTrigger {
  return { start: false, agentId, reason };
}

/** Whether a trigger becomes a task, and why not. The words are those of `TriggerVerdict`. */
export type TriggerEffect =
  | { readonly effect: "queued" | "coalesced" | "deferred"; readonly reason: null }
  | { readonly effect: "blocked" | "none"; readonly reason: string };

export type TriggerTargetFacts = {
  /** The person behind the trigger may give this agent work; false also for unknown agents. */
  readonly mayInvoke: boolean;
  /** `blocked` names what a person must repair first; a waitable agent queues. */
  readonly readiness: {
    readonly verdict: "available" | "waitable" | "blocked";
    readonly reason: string | null;
  };
  readonly guard: GuardVerdict;
  /** What the slot of this agent on this issue holds. */
  readonly slot: "free" | "pending" | "active";
  /** A comment joins the work that waits or runs; another write changes nothing there. */
  readonly trigger: "issue_write" | "comment" | "fallback";
  /** The writer asked not to wake this agent. */
  readonly suppressed: boolean;
};

/**
 * What happens to one target: refusals first, in the order in which a person could do something
 * about them. A blocked target never fails the write that named it.
 */
export function triggerEffect(facts: TriggerTargetFacts): TriggerEffect {
  if (!facts.mayInvoke) return { effect: "blocked", reason: "agent_not_available" };
  if (facts.suppressed) return { effect: "none", reason: "suppressed" };
  if (facts.readiness.verdict === "blocked") {
    return { effect: "blocked", reason: facts.readiness.reason ?? "agent_blocked" };
  }
  if (facts.trigger === "comment" && facts.slot !== "free") {
    return { effect: "coalesced", reason: null };
  }
  if (facts.slot === "pending") return { effect: "none", reason: "already_pending" };
  if (!facts.guard.ok) return { effect: "blocked", reason: facts.guard.reason };
  return { effect: facts.trigger === "fallback" ? "deferred" : "queued", reason: null };
}
