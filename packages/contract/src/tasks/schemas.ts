import { z } from "zod";
import { ActorRef } from "../kit/actors.ts";
import { AgentId, CommentId, IssueId, RuntimeId, TaskId } from "../kit/ids.ts";
import { Instant, UsdAmount } from "../kit/values.ts";
import { TaskSkill } from "../skills/task-skill.ts";
import { UsageSummary } from "../usage/schemas.ts";
import { LineChanges } from "./line-changes.ts";
import {
  FailureReason,
  FiredWatchdog,
  TaskKind,
  TaskOutcome,
  TaskStatus,
  TranscriptRowType,
  WaitingReason,
} from "./states.ts";

/** One execution of one agent. People outside the agent's audience see `isPrivate` and no texts. */
export const Task = z.object({
  id: TaskId,
  issueId: IssueId,
  issueKey: z.string(),
  issueTitle: z.string(),
  agentId: AgentId,
  agentName: z.string(),
  isPrivate: z.boolean(),
  kind: TaskKind,
  status: TaskStatus,
  outcome: TaskOutcome.nullable(),
  /** 4 urgent … 0 none. */
  priority: z.int(),
  triggerCommentId: CommentId.nullable(),
  triggerSummary: z.string(),
  handoffNote: z.string(),
  attempt: z.int(),
  maxAttempts: z.int(),
  retryOf: TaskId.nullable(),
  rerunOf: TaskId.nullable(),
  delegatedBy: TaskId.nullable(),
  fireAt: Instant.nullable(),
  queuedAt: Instant,
  dispatchedAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  runtimeId: RuntimeId.nullable(),
  /** Machine and CLI as they were named when the task ran, kept after both are gone. */
  runtimeName: z.string().nullable(),
  lease: z.int(),
  sessionId: z.string().nullable(),
  /** Display path; homes are shown as `~`. */
  workDirectory: z.string().nullable(),
  branch: z.string().nullable(),
  modelRequested: z.string().nullable(),
  modelUsed: z.string().nullable(),
  /** Command line without the values of secrets. */
  argv: z.array(z.string()).nullable(),
  /** Skills as they were handed to the machine; null before that and where they are not shown. */
  skills: z.array(TaskSkill).nullable(),
  result: z.string().nullable(),
  failureReason: FailureReason.nullable(),
  /** The label that the daemon reported, when the platform does not know it. */
  rawFailureReason: z.string().nullable(),
  error: z.string().nullable(),
  /** Limit of the machine or the agent that ended the run; null when none did. */
  watchdog: FiredWatchdog.nullable(),
  /** What to do about the failure, English; clients translate by `failureReason`. */
  remedy: z.string().nullable(),
  hop: z.int(),
  initiator: ActorRef,
  originator: ActorRef.nullable(),
  accountable: ActorRef.nullable(),
  activity: z.string().nullable(),
  waiting: WaitingReason.nullable(),
  stalledSince: Instant.nullable(),
  /** A running agent waits for one of its tools. */
  toolOpen: z.boolean(),
  costUsd: UsdAmount.nullable(),
  usage: UsageSummary,
  /** Zero until the run has ended, and where nothing was changed or measured. */
  changes: LineChanges,
});
export type Task = z.infer<typeof Task>;

/** One row of a task's transcript. `(lease, seq)` is its place; rows never change. */
export const TranscriptRow = z.object({
  lease: z.int(),
  seq: z.int(),
  type: TranscriptRowType,
  tool: z.string().nullable(),
  callId: z.string().nullable(),
  content: z.string(),
  input: z.unknown().nullable(),
  /** Bytes before cutting, when the content was cut. */
  originalBytes: z.int().nullable(),
  isError: z.boolean(),
  isSubagent: z.boolean(),
  /** Filed after its lease had ended. */
  late: z.boolean(),
  at: Instant,
});
export type TranscriptRow = z.infer<typeof TranscriptRow>;
