import { z } from "zod";
import { ActorRef, AssigneeInput, AssigneeRef } from "../kit/actors.ts";
import { AgentId, CommentId, IssueId, ProjectId, TaskId } from "../kit/ids.ts";
import { Instant, line, text, UsdAmount } from "../kit/values.ts";
import { TaskStatus, WaitingReason } from "../tasks/states.ts";

/** The seven built-in statuses are also the seven categories that platform rules read. */
export const IssueStatus = z.enum([
  "backlog",
  "todo",
  "in_progress",
  "in_review",
  "done",
  "blocked",
  "cancelled",
]);
export type IssueStatus = z.infer<typeof IssueStatus>;

export const IssuePriority = z.enum(["urgent", "high", "medium", "low", "none"]);
export type IssuePriority = z.infer<typeof IssuePriority>;

/** An issue in a path: its id or its key (`ACME-12`, any case). */
export const IssuePath = z
  .string()
  .max(60)
  .regex(/^([A-Za-z0-9]{1,10}-[1-9]\d{0,9}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/, {
    message: "is neither an issue key nor an issue id",
  });

/** The one task that says best what is going on: the active one, else the pending one. */
export const LiveTask = z.object({
  id: TaskId,
  agentId: AgentId,
  agentName: z.string(),
  status: TaskStatus,
  startedAt: Instant.nullable(),
  queuedAt: Instant,
  /** Last thing it did, one short line, or null. */
  activity: z.string().nullable(),
  waiting: WaitingReason.nullable(),
  stalledSince: Instant.nullable(),
  /** A running agent waits for one of its tools. */
  toolOpen: z.boolean(),
});
export type LiveTask = z.infer<typeof LiveTask>;

export const IssueSummary = z.object({
  id: IssueId,
  key: z.string(),
  number: z.int(),
  title: z.string(),
  status: IssueStatus,
  priority: IssuePriority,
  assignee: AssigneeRef.nullable(),
  creator: ActorRef,
  projectId: ProjectId.nullable(),
  /** Fractional order inside its column; compared bytewise. */
  orderKey: z.string(),
  revision: z.int(),
  /** What all tasks on this issue have cost so far; null while nothing is priced. */
  costUsd: UsdAmount.nullable(),
  liveTask: LiveTask.nullable(),
  commentCount: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
  lastActivityAt: Instant,
  firstStartedAt: Instant.nullable(),
});
export type IssueSummary = z.infer<typeof IssueSummary>;

export const Issue = IssueSummary.extend({
  description: z.string(),
  deletedAt: Instant.nullable(),
});
export type Issue = z.infer<typeof Issue>;

export const NewIssue = z.object({
  title: line(500),
  description: text(200_000).default(""),
  status: IssueStatus.default("todo"),
  priority: IssuePriority.default("none"),
  assignee: AssigneeInput.nullable().default(null),
  projectId: ProjectId.nullable().default(null),
  allowDuplicate: z.boolean().default(false),
  /** False writes the issue without starting its agent. */
  start: z.boolean().default(true),
  /** Goes into the prompt of the one run that this write starts. */
  handoffNote: text(4_000).default(""),
});

export const IssueChanges = z.object({
  title: line(500).optional(),
  description: text(200_000).optional(),
  status: IssueStatus.optional(),
  priority: IssuePriority.optional(),
  assignee: AssigneeInput.nullable().optional(),
  projectId: ProjectId.nullable().optional(),
});

/** What the writer of a text field saw before editing; another current value is a conflict. */
export const IssueTextBase = z.object({
  title: z.string().max(500).optional(),
  description: z.string().max(200_000).optional(),
});

/** Whether, and why not, a write wakes one agent. Preview and write share the function behind it. */
export const TriggerVerdict = z.object({
  agentId: AgentId,
  agentName: z.string(),
  effect: z.enum(["queued", "coalesced", "deferred", "held", "blocked", "none"]),
  /** Machine-readable cause for `held`, `blocked` and `none`; null when it simply starts. */
  reason: z.string().nullable(),
  /** One English sentence for people; clients translate by `reason`. */
  detail: z.string().nullable(),
  taskId: TaskId.nullable(),
});
export type TriggerVerdict = z.infer<typeof TriggerVerdict>;

export const Comment = z.object({
  id: CommentId,
  issueId: IssueId,
  kind: z.enum(["comment", "system"]),
  author: ActorRef,
  /** Person whose rights an agent's comment was written under. */
  onBehalfOf: ActorRef.nullable(),
  body: z.string(),
  parentId: CommentId.nullable(),
  /** Topmost comment of the thread; its own id for a root. */
  threadId: CommentId,
  resolvedAt: Instant.nullable(),
  taskId: TaskId.nullable(),
  revision: z.int(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
});
export type Comment = z.infer<typeof Comment>;

export const CommentBody = text(100_000).min(1);

/** A thing that happened to an issue beside comments. `details` are small scalars by `action`. */
export const Activity = z.object({
  id: z.uuid(),
  issueId: IssueId,
  actor: ActorRef,
  action: z.enum([
    "created",
    "title_changed",
    "description_changed",
    "status_changed",
    "priority_changed",
    "assignee_changed",
    "project_changed",
    "task_queued",
    "task_started",
    "task_completed",
    "task_failed",
    "task_cancelled",
    "guard_tripped",
    "deleted",
    "restored",
  ]),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  createdAt: Instant,
});
export type Activity = z.infer<typeof Activity>;

export const TimelineEntry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("comment"), at: Instant, comment: Comment }),
  z.object({ type: z.literal("activity"), at: Instant, activity: Activity }),
]);
export type TimelineEntry = z.infer<typeof TimelineEntry>;
