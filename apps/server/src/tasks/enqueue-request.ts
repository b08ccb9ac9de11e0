import type { AgentId, CommentId, IssueId, RuntimeId, TaskId } from "@headcount/contract/kit/ids";
import type { TaskKind } from "@headcount/contract/tasks/states";
import type { Attribution } from "@headcount/domain/tasks/attribution";
import type { CauseFacts } from "./cause-of.ts";
import type { Owners } from "./lock-owners.ts";
import type { TargetAgent } from "./read-target-agent.ts";

/** `preview` decides exactly what `write` would do, and takes no locks and writes nothing. */
export type EnqueueMode = "preview" | "write";

/** Links to the run that a new one continues. */
export type Lineage = {
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly retryOf: TaskId | null;
  readonly rerunOf: TaskId | null;
  readonly preferredRuntimeId: RuntimeId | null;
  readonly freshSession: boolean;
  /** Null starts at once. A null instant waits for the runtime and for nothing else. */
  readonly deferral: {
    readonly fireAt: Date | null;
    readonly reason: "retry" | "backoff" | "runtime_online";
  } | null;
};

export type EnqueueRequest = {
  /** Null only in previews: the issue does not exist yet. */
  readonly issueId: IssueId | null;
  readonly agentId: AgentId;
  readonly kind: TaskKind;
  readonly trigger: "issue_write" | "comment" | "fallback" | "rerun" | "retry";
  /** Comment that asks for the run; its id is null in previews. */
  readonly comment: { readonly id: CommentId | null; readonly body: string } | null;
  /** Further comments that the run has to answer. */
  readonly plannedCommentIds?: readonly CommentId[];
  readonly handoffNote: string;
  /** Facts to find out who stands behind it, or the attribution that a retry keeps. */
  readonly attribution: CauseFacts | { readonly keep: Attribution };
  readonly suppressed: boolean;
  /** Agent that was addressed first, when this task only stands in for it. */
  readonly fallbackFor?: AgentId;
  readonly lineage?: Lineage;
};

/** A request whose agent and attribution are known and allowed. */
export type AdmittedRequest = EnqueueRequest & {
  readonly agent: TargetAgent;
  readonly who: Attribution;
  readonly owners: Owners;
};
