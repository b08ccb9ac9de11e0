import type { AgentId, IssueId } from "@headcount/contract/kit/ids";
import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import { issueTrigger, type IssueTriggerState } from "@headcount/domain/issues/triggers";
import type { WorkspaceContext } from "../platform/context.ts";
import { causeOf } from "./cause-of.ts";
import type { EnqueueMode } from "./enqueue-request.ts";
import { enqueueTask } from "./enqueue-task.ts";
import { noStartVerdict } from "./trigger-verdict.ts";

export type IssueWriteTrigger = {
  /** Null previews an issue that does not exist yet. In `write` mode the issue's row is already as `after` says. */
  readonly issueId: IssueId | null;
  /** Null for a new issue. */
  readonly before: IssueTriggerState | null;
  readonly after: IssueTriggerState;
  /** False writes without starting. */
  readonly start: boolean;
  readonly handoffNote: string;
};

/**
 * What an issue write starts, as the context's actor. `preview` decides the same and writes
 * nothing. Call it after the issue's own row is written, so that locks are taken in one order.
 * Empty when no agent is concerned; `agent_not_available` is for the caller to refuse.
 */
export async function planIssueTriggers(
  ctx: WorkspaceContext,
  write: IssueWriteTrigger,
  mode: EnqueueMode,
): Promise<TriggerVerdict[]> {
  const { issueId, before, after, start, handoffNote } = write;
  const cause = await causeOf(ctx);
  const runningAgentId = cause.task?.issueId === issueId ? cause.task.agentId : null;
  const trigger = issueTrigger({ before, after, start, runningAgentId });
  if (trigger.agentId === null) return [];
  if (!trigger.start) return [await noStartVerdict(ctx, trigger.agentId, trigger.reason)];
  return [await startOn(ctx, { issueId, agentId: trigger.agentId, handoffNote }, mode)];
}

/** Starts the agent that an issue is assigned to because somebody asked for it now. */
export async function startAssignedAgent(
  ctx: WorkspaceContext,
  start: { readonly issueId: IssueId; readonly agentId: AgentId; readonly handoffNote: string },
  mode: EnqueueMode,
): Promise<TriggerVerdict> {
  const cause = await causeOf(ctx);
  if (cause.task?.issueId === start.issueId && cause.task.agentId === start.agentId) {
    return noStartVerdict(ctx, start.agentId, "own_run");
  }
  return startOn(ctx, start, mode);
}

async function startOn(
  ctx: WorkspaceContext,
  start: {
    readonly issueId: IssueId | null;
    readonly agentId: AgentId;
    readonly handoffNote: string;
  },
  mode: EnqueueMode,
): Promise<TriggerVerdict> {
  const { attributionFacts } = await causeOf(ctx);
  return enqueueTask(
    ctx,
    {
      issueId: start.issueId,
      agentId: start.agentId,
      kind: "assignment",
      trigger: "issue_write",
      comment: null,
      handoffNote: start.handoffNote,
      attribution: attributionFacts,
      suppressed: false,
    },
    mode,
  );
}
