import type { AgentId, IssueId, TaskId, UserId } from "@headcount/contract/kit/ids";
import type { AttributionFacts } from "@headcount/domain/tasks/attribution";
import type { WorkspaceContext } from "../platform/context.ts";

/** What of {@link AttributionFacts} the cause decides; the rest belongs to the agent and the workspace. */
export type CauseFacts = Omit<AttributionFacts, "agentOwnerId" | "unattributedWork">;

/** Who causes whatever this transaction starts. */
export type Cause = {
  readonly attributionFacts: CauseFacts;
  /** The run that acts, when an agent acts. */
  readonly task: {
    readonly id: TaskId;
    readonly issueId: IssueId;
    readonly agentId: AgentId;
  } | null;
};

type RunRow = {
  id: TaskId;
  issueId: IssueId;
  agentId: AgentId;
  originatorId: UserId | null;
  accountableId: UserId | null;
  hop: number;
};

/** Nobody is known; such work is refused. */
export const causedByNobody: CauseFacts = {
  initiator: { type: "system", id: null },
  humanId: null,
  delegatingTask: null,
  commentAuthorId: null,
  triggerPublisherId: null,
  ruleOwnerId: null,
};

/** Cause of a direct act of a person. */
export function causedByPerson(userId: UserId): CauseFacts {
  return { ...causedByNobody, initiator: { type: "member", id: userId }, humanId: userId };
}

/** The cause that the context's actor stands for. An agent's is the run its token was made for. */
export async function causeOf(ctx: WorkspaceContext): Promise<Cause> {
  const { actor } = ctx;
  if (actor.kind === "member") {
    return { attributionFacts: causedByPerson(actor.userId), task: null };
  }
  if (actor.kind !== "agent") return { attributionFacts: causedByNobody, task: null };
  const run = await readRun(ctx, actor.taskId);
  return { attributionFacts: causedByRun(actor.agentId, run), task: run };
}

/** Cause of what an agent did in one of its runs. */
export function causedByRun(
  agentId: AgentId,
  run: Omit<RunRow, "issueId" | "agentId"> | null,
): CauseFacts {
  return {
    ...causedByNobody,
    initiator: { type: "agent", id: agentId },
    delegatingTask: run && {
      taskId: run.id,
      originatorId: run.originatorId,
      accountableId: run.accountableId,
      hop: run.hop,
    },
  };
}

export async function readRun(ctx: WorkspaceContext, taskId: TaskId): Promise<RunRow | null> {
  const [row] = await ctx.sql<RunRow[]>`
    select id, issue_id, agent_id, originator_id, accountable_id, hop
    from tasks where workspace_id = ${ctx.workspaceId} and id = ${taskId}`;
  return row ?? null;
}
