import type { UserId } from "@headcount/contract/kit/ids";
import { accept, type Decision, refuse } from "../kit/decision.ts";

/** Who caused a task, directly. */
export type Initiator = {
  readonly type: "member" | "agent" | "system";
  /** Null for the system. */
  readonly id: string | null;
};

/** Rung of the waterfall that an attribution was found on; kept as evidence. */
export type AttributionSource =
  | "direct_human"
  | "delegation"
  | "comment_author"
  | "trigger_publisher"
  | "rule_owner"
  | "agent_owner"
  | "unattributed";

/** Everything a task stores about who stands behind it. Replaced as a whole or not at all. */
export type Attribution = {
  readonly initiator: Initiator;
  /** Person whose rights allow the task; null only where unattributed work is allowed. */
  readonly originatorId: UserId | null;
  /** Person to whom cost and audit trail are booked; the originator whenever there is one. */
  readonly accountableId: UserId | null;
  readonly source: AttributionSource;
  readonly delegatedByTaskId: string | null;
  /** Agent-starts-agent steps since the last act of a person. */
  readonly hop: number;
};

/** The task that an agent was running when it caused another one. */
export type DelegatingTask = {
  readonly taskId: string;
  readonly originatorId: UserId | null;
  readonly accountableId: UserId | null;
  readonly hop: number;
};

/** What is known about the cause of a task; absent rungs are null. */
export type AttributionFacts = {
  readonly initiator: Initiator;
  /** The person who acted, when a person acted directly. */
  readonly humanId: UserId | null;
  readonly delegatingTask: DelegatingTask | null;
  /** Effective person behind the comment that is followed up. */
  readonly commentAuthorId: UserId | null;
  readonly triggerPublisherId: UserId | null;
  readonly ruleOwnerId: UserId | null;
  readonly agentOwnerId: UserId | null;
  /** Whether this workspace lets work run that no person stands behind. */
  readonly unattributedWork: "refuse" | "allow";
};

/**
 * Finds who stands behind a task: the first rung that names a person. The owners of a rule and of
 * the agent can be held accountable, but they authorise nothing, so such work counts as
 * unattributed and is refused unless the workspace allows it.
 */
export function attribute(facts: AttributionFacts): Decision<Attribution, "originator_unknown"> {
  const delegating = facts.delegatingTask;
  const base = {
    initiator: facts.initiator,
    delegatedByTaskId: delegating?.taskId ?? null,
    hop: facts.humanId === null && delegating !== null ? delegating.hop + 1 : 0,
  };
  const authorised = authorisedBy(facts);
  if (authorised !== null) {
    const { personId, source } = authorised;
    const delegatedByTaskId = source === "direct_human" ? null : base.delegatedByTaskId;
    return accept({
      ...base,
      delegatedByTaskId,
      originatorId: personId,
      accountableId: personId,
      source,
    });
  }
  if (facts.unattributedWork === "refuse") return refuse("originator_unknown");
  return accept({ ...base, originatorId: null, ...accountableFor(facts) });
}

function authorisedBy(
  facts: AttributionFacts,
): { readonly personId: UserId; readonly source: AttributionSource } | null {
  const rungs: readonly (readonly [UserId | null, AttributionSource])[] = [
    [facts.humanId, "direct_human"],
    [facts.delegatingTask?.originatorId ?? null, "delegation"],
    [facts.commentAuthorId, "comment_author"],
    [facts.triggerPublisherId, "trigger_publisher"],
  ];
  for (const [personId, source] of rungs) {
    if (personId !== null) return { personId, source };
  }
  return null;
}

function accountableFor(facts: AttributionFacts): Pick<Attribution, "accountableId" | "source"> {
  const delegated = facts.delegatingTask?.accountableId ?? null;
  if (delegated !== null) return { accountableId: delegated, source: "delegation" };
  if (facts.ruleOwnerId !== null) return { accountableId: facts.ruleOwnerId, source: "rule_owner" };
  if (facts.agentOwnerId !== null) {
    return { accountableId: facts.agentOwnerId, source: "agent_owner" };
  }
  return { accountableId: null, source: "unattributed" };
}
