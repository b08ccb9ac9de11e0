import { z } from "zod";
import { CommentId, ProjectId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import {
  Instant,
  pageInput,
  pageOf,
  queryFlag,
  queryList,
  text,
  UsdAmount,
  workspacePath,
} from "../kit/values.ts";
import { Task } from "../tasks/schemas.ts";
import {
  Comment,
  CommentBody,
  Issue,
  IssueChanges,
  IssuePath,
  IssuePriority,
  IssueStatus,
  IssueSummary,
  IssueTextBase,
  NewIssue,
  TimelineEntry,
  TriggerVerdict,
} from "./schemas.ts";

const issuePath = { ...workspacePath, issue: IssuePath };
const commentPath = { ...workspacePath, commentId: CommentId };

/** Filters of lists and boards. `assigneeId: "none"` finds unassigned issues. */
const issueFilters = {
  status: queryList(IssueStatus).optional(),
  priority: queryList(IssuePriority).optional(),
  assigneeId: z.union([z.uuid(), z.literal("none")]).optional(),
  creatorId: z.uuid().optional(),
  projectId: z.union([ProjectId, z.literal("none")]).optional(),
  /** Words that the key, title or description contains. */
  text: z.string().max(200).optional(),
};

const written = z.object({ issue: Issue, triggers: z.array(TriggerVerdict) });

export const issues = {
  list: route({
    name: "issues.list",
    method: "GET",
    path: "/api/w/:workspace/issues",
    summary: "Issues, newest activity first unless sorted",
    access: "member",
    input: z.object({
      ...workspacePath,
      ...issueFilters,
      /** True: neither done nor cancelled. */
      open: queryFlag.optional(),
      sort: z.enum(["order", "title", "created", "updated", "priority"]).default("updated"),
      desc: queryFlag.default(true),
      ...pageInput,
    }),
    output: pageOf(IssueSummary),
  }),
  board: route({
    name: "issues.board",
    method: "POST",
    path: "/api/w/:workspace/issues/board",
    summary: "Columns with counts, spend and their first cards; later pages by column cursor",
    access: "member",
    input: z.object({
      ...workspacePath,
      ...issueFilters,
      limit: z.int().min(1).max(100).default(50),
      /** Continue these columns after their cursors instead of loading the whole board. */
      after: z
        .array(z.object({ status: IssueStatus, cursor: z.string().max(1_000) }))
        .max(7)
        .optional(),
    }),
    output: z.object({
      columns: z.array(
        z.object({
          status: IssueStatus,
          count: z.int(),
          costUsd: UsdAmount.nullable(),
          items: z.array(IssueSummary),
          nextCursor: z.string().nullable(),
        }),
      ),
    }),
  }),
  create: route({
    name: "issues.create",
    method: "POST",
    path: "/api/w/:workspace/issues",
    summary: "Create an issue; an agent assignee starts unless the status is backlog",
    access: "member",
    input: z.object({ ...workspacePath, ...NewIssue.shape }),
    output: written,
    reasons: ["active_duplicate_issue", "agent_not_available"],
  }),
  get: route({
    name: "issues.get",
    method: "GET",
    path: "/api/w/:workspace/issues/:issue",
    summary: "One issue by key or id",
    access: "member",
    input: z.object(issuePath),
    output: Issue,
  }),
  update: route({
    name: "issues.update",
    method: "PATCH",
    path: "/api/w/:workspace/issues/:issue",
    summary: "Change an issue; absent fields stay",
    access: "member",
    input: z.object({
      ...issuePath,
      ...IssueChanges.shape,
      expectedRevision: z.int().optional(),
      base: IssueTextBase.optional(),
      start: z.boolean().default(true),
      handoffNote: text(4_000).default(""),
    }),
    output: written,
    reasons: ["revision_conflict", "agent_not_available"],
  }),
  move: route({
    name: "issues.move",
    method: "POST",
    path: "/api/w/:workspace/issues/:issue/move",
    summary: "Place an issue between neighbours, optionally in another column",
    access: "member",
    input: z.object({
      ...issuePath,
      status: IssueStatus.optional(),
      /** The issue directly above the wanted place. */
      after: z.uuid().nullable().default(null),
      /** The issue directly below the wanted place. */
      before: z.uuid().nullable().default(null),
      /** Where to go when no neighbour is given. */
      place: z.enum(["top", "bottom"]).default("top"),
      start: z.boolean().default(true),
    }),
    output: written,
    reasons: ["agent_not_available"],
  }),
  delete: route({
    name: "issues.delete",
    method: "DELETE",
    path: "/api/w/:workspace/issues/:issue",
    summary: "Move an issue to the trash; its tasks are cancelled, its usage stays",
    access: "member_human",
    input: z.object(issuePath),
    output: z.object({ restorableUntil: Instant, cancelledTasks: z.int() }),
    reasons: ["role_required"],
  }),
  restore: route({
    name: "issues.restore",
    method: "POST",
    path: "/api/w/:workspace/issues/:issue/restore",
    summary: "Bring an issue back from the trash; nothing is started",
    access: "member_human",
    input: z.object(issuePath),
    output: Issue,
    reasons: ["role_required"],
  }),
  trash: route({
    name: "issues.trash",
    method: "GET",
    path: "/api/w/:workspace/trash",
    summary: "Deleted issues that can still be restored",
    access: "member",
    input: z.object({ ...workspacePath, ...pageInput }),
    output: pageOf(IssueSummary.extend({ deletedAt: Instant, restorableUntil: Instant })),
  }),
  preview: route({
    name: "issues.preview",
    method: "POST",
    path: "/api/w/:workspace/issues/preview",
    summary: "Who would start if this write were made; writes nothing",
    access: "member",
    input: z.object({
      ...workspacePath,
      /** Absent: a new issue. */
      issue: IssuePath.optional(),
      status: IssueStatus.optional(),
      assignee: IssueChanges.shape.assignee,
      start: z.boolean().default(true),
    }),
    output: z.object({ triggers: z.array(TriggerVerdict) }),
  }),
  start: route({
    name: "issues.start",
    method: "POST",
    path: "/api/w/:workspace/issues/:issue/start",
    summary: "Start the assigned agent now",
    access: "member",
    input: z.object({ ...issuePath, handoffNote: text(4_000).default("") }),
    output: z.object({ triggers: z.array(TriggerVerdict) }),
    reasons: ["issue.no_agent", "agent_not_available"],
  }),
  timeline: route({
    name: "issues.timeline",
    method: "GET",
    path: "/api/w/:workspace/issues/:issue/timeline",
    summary: "Comments and activity, newest page first, each page in order of time",
    access: "member",
    input: z.object({ ...issuePath, ...pageInput }),
    output: pageOf(TimelineEntry),
  }),
  tasks: route({
    name: "issues.tasks",
    method: "GET",
    path: "/api/w/:workspace/issues/:issue/tasks",
    summary: "Execution log: every task of the issue, active first, then newest",
    access: "member",
    input: z.object({ ...issuePath, ...pageInput }),
    output: pageOf(Task),
  }),
};

export const comments = {
  list: route({
    name: "comments.list",
    method: "GET",
    path: "/api/w/:workspace/issues/:issue/comments",
    summary: "Comments in order of time; the newest when there are too many",
    access: "member",
    input: z.object({
      ...issuePath,
      thread: CommentId.optional(),
      /** Only threads with activity among the newest N threads. */
      recentThreads: z.coerce.number().int().min(1).max(200).optional(),
      rootsOnly: queryFlag.optional(),
      since: Instant.optional(),
      limit: z.coerce.number().int().min(1).max(2_000).default(2_000),
    }),
    output: z.object({ items: z.array(Comment), truncated: z.boolean() }),
  }),
  add: route({
    name: "comments.add",
    method: "POST",
    path: "/api/w/:workspace/issues/:issue/comments",
    summary: "Comment; agents that are mentioned or addressed wake",
    access: "member",
    input: z.object({
      ...issuePath,
      body: CommentBody,
      parentId: CommentId.nullable().default(null),
      /** Agents that would wake but shall not. */
      suppressAgentIds: z.array(z.uuid()).max(50).default([]),
    }),
    output: z.object({ comment: Comment, triggers: z.array(TriggerVerdict) }),
    reasons: ["reply_out_of_thread"],
  }),
  preview: route({
    name: "comments.preview",
    method: "POST",
    path: "/api/w/:workspace/issues/:issue/comments/preview",
    summary: "Who would wake if this comment were written",
    access: "member",
    input: z.object({
      ...issuePath,
      body: text(100_000),
      parentId: CommentId.nullable().default(null),
    }),
    output: z.object({ triggers: z.array(TriggerVerdict) }),
  }),
  update: route({
    name: "comments.update",
    method: "PATCH",
    path: "/api/w/:workspace/comments/:commentId",
    summary: "Edit one's own comment; changed text is routed again",
    access: "member",
    input: z.object({ ...commentPath, body: CommentBody, expectedRevision: z.int().optional() }),
    output: z.object({ comment: Comment, triggers: z.array(TriggerVerdict) }),
    reasons: ["revision_conflict", "role_required"],
  }),
  delete: route({
    name: "comments.delete",
    method: "DELETE",
    path: "/api/w/:workspace/comments/:commentId",
    summary: "Delete a comment, with its replies when it is a root",
    access: "member",
    input: z.object(commentPath),
    output: z.object({ deleted: z.int() }),
    reasons: ["role_required"],
  }),
  resolve: route({
    name: "comments.resolve",
    method: "POST",
    path: "/api/w/:workspace/comments/:commentId/resolve",
    summary: "Resolve or re-open a thread",
    access: "member",
    input: z.object({ ...commentPath, resolved: z.boolean() }),
    output: Comment,
  }),
};
