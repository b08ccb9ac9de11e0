import type {
  AgentId,
  CommentId,
  DaemonId,
  IssueId,
  RuntimeId,
  TaskId,
  UserId,
} from "@headcount/contract/kit/ids";
import type {
  FailureReason,
  TaskKind,
  TaskOutcome,
  TaskStatus,
} from "@headcount/contract/tasks/states";
import type { Attribution, AttributionSource } from "@headcount/domain/tasks/attribution";
import type { CancelCause, TaskState } from "@headcount/domain/tasks/transitions";
import type { Transaction } from "../platform/database.ts";

/** Evidence that is stored beside a task's attribution columns. */
export type StoredEvidence = {
  readonly source: AttributionSource;
  /** Agent that a comment addressed first, when this task only stands in for it. */
  readonly fallbackFor?: AgentId;
  readonly cancelCause?: CancelCause;
};

/** Everything that decides what may happen to a task; texts and results are read elsewhere. */
export type TaskRow = {
  readonly id: TaskId;
  readonly issueId: IssueId;
  readonly agentId: AgentId;
  readonly kind: TaskKind;
  readonly status: TaskStatus;
  readonly outcome: TaskOutcome | null;
  readonly priority: number;
  readonly runtimeId: RuntimeId | null;
  readonly preferredRuntimeId: RuntimeId | null;
  readonly daemonId: DaemonId | null;
  readonly triggerCommentId: CommentId | null;
  readonly plannedCommentIds: readonly CommentId[];
  readonly triggerSummary: string;
  readonly handoffNote: string;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly retryOf: TaskId | null;
  readonly rerunOf: TaskId | null;
  readonly delegatedBy: TaskId | null;
  readonly fireAt: Date | null;
  readonly fireReason: "retry" | "fallback" | "backoff" | "runtime_online" | null;
  readonly queuedAt: Date;
  readonly dispatchedAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly lease: number;
  readonly leaseExpiresAt: Date | null;
  readonly leaseRevoked: boolean;
  readonly sessionId: string | null;
  readonly sessionRetired: boolean;
  readonly freshSession: boolean;
  readonly workDirectory: string | null;
  /** Number of the record that the changed lines are from; −1 before the first. */
  readonly changesSequence: number;
  /** As it was stored; a version of the platform that is gone may have known others. */
  readonly failureReason: FailureReason | null;
  readonly hop: number;
  readonly initiatorType: "member" | "agent" | "system";
  readonly initiatorId: string | null;
  readonly originatorId: UserId | null;
  readonly accountableId: UserId | null;
  readonly attribution: StoredEvidence;
};

/** Columns of {@link TaskRow}; the table may be aliased `t`. */
export const taskColumns = (sql: Transaction) => sql`
  t.id, t.issue_id, t.agent_id, t.kind, t.status, t.outcome, t.priority, t.runtime_id,
  t.preferred_runtime_id, t.daemon_id, t.trigger_comment_id, t.planned_comment_ids,
  t.trigger_summary, t.handoff_note, t.attempt, t.max_attempts, t.retry_of, t.rerun_of,
  t.delegated_by, t.fire_at, t.fire_reason, t.queued_at, t.dispatched_at, t.started_at, t.ended_at,
  t.lease, t.lease_expires_at, t.lease_revoked, t.session_id, t.session_retired, t.fresh_session,
  t.work_directory, t.changes_sequence, t.failure_reason, t.hop, t.initiator_type, t.initiator_id, t.originator_id,
  t.accountable_id, t.attribution`;

/** The part of a row that the state machine reads. */
export function stateOf(row: TaskRow): TaskState {
  return {
    status: row.status,
    lease: row.lease,
    leaseRevoked: row.leaseRevoked,
    failureReason: row.failureReason,
    outcome: row.outcome,
  };
}

/** Who stands behind a task, as the domain knows it. */
export function attributionOf(row: TaskRow): Attribution {
  return {
    initiator: { type: row.initiatorType, id: row.initiatorId },
    originatorId: row.originatorId,
    accountableId: row.accountableId,
    source: row.attribution.source,
    delegatedByTaskId: row.delegatedBy,
    hop: row.hop,
  };
}

/** Every comment that a task was to answer, its trigger last. */
export function commentsOf(row: TaskRow): readonly CommentId[] {
  return row.triggerCommentId === null
    ? row.plannedCommentIds
    : [...row.plannedCommentIds, row.triggerCommentId];
}
