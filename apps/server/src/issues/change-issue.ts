import type { AssigneeInput } from "@headcount/contract/kit/actors";
import type { IssueId, ProjectId } from "@headcount/contract/kit/ids";
import type {
  Issue,
  IssuePriority,
  IssueStatus,
  TriggerVerdict,
} from "@headcount/contract/issues/schemas";
import type { Assignee } from "@headcount/domain/issues/triggers";
import { notFound } from "../platform/app-error.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { assertProject } from "../projects/assert-project.ts";
import { planIssueTriggers } from "../tasks/plan-issue-triggers.ts";
import { assertAssignable } from "./assert-assignable.ts";
import { takePlace } from "./column-place.ts";
import { duplicateKeyOf } from "./create-issue.ts";
import { assigneeOf, keyOf, lockIssue, type LockedIssue, triggerStateOf } from "./lock-issue.ts";
import { getIssue } from "./read-issue.ts";
import { updateIssueRow } from "./store.ts";
import { type ActivityNote, writeActivities } from "./write-activity.ts";

/** Fields of an issue after a write; absent ones stay. */
export type IssueFieldChanges = {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly status?: IssueStatus | undefined;
  readonly priority?: IssuePriority | undefined;
  readonly assignee?: AssigneeInput | null | undefined;
  readonly projectId?: ProjectId | null | undefined;
};

export type IssueWriteOptions = {
  readonly start: boolean;
  readonly handoffNote: string;
  /** Where the issue goes in its column; null leaves it, or puts it on top of another column. */
  readonly place: {
    readonly after: string | null;
    readonly before: string | null;
    readonly place: "top" | "bottom";
  } | null;
  /** Checked against the locked issue before anything is written. */
  readonly check?: (issue: LockedIssue) => void;
};

/**
 * The one way in which issues change: locks, compares, writes only what differs, notes it, and
 * starts whom the change starts. A write that changes nothing bumps and emits nothing.
 */
export async function changeIssue(
  ctx: WorkspaceContext,
  id: IssueId,
  changes: IssueFieldChanges,
  options: IssueWriteOptions,
): Promise<{ issue: Issue; triggers: TriggerVerdict[] }> {
  const before = await lockIssue(ctx, id);
  if (before.deletedAt !== null) throw notFound("issue");
  options.check?.(before);
  const after = await applyChanges(ctx, before, changes, options);
  const changed = changedFields(before, after);
  if (changed.length === 0) return { issue: await getIssue(ctx, id), triggers: [] };
  const revision = await updateIssueRow(ctx, id, {
    ...after,
    assignee: assigneeOf(after),
    duplicateKey: duplicateKeyOf(after.projectId, after.title),
  });
  await writeActivities(ctx, id, describeChanges(before, after));
  emitChange(ctx, before, after, { changed, revision });
  const triggers = await planIssueTriggers(
    ctx,
    {
      issueId: id,
      before: triggerStateOf(before),
      after: triggerStateOf(after),
      start: options.start,
      handoffNote: options.handoffNote,
    },
    "write",
  );
  return { issue: await getIssue(ctx, id), triggers };
}

async function applyChanges(
  ctx: WorkspaceContext,
  before: LockedIssue,
  changes: IssueFieldChanges,
  options: IssueWriteOptions,
): Promise<LockedIssue> {
  const assignee =
    changes.assignee === undefined ? assigneeOf(before) : (changes.assignee as Assignee | null);
  const assigneeChanged = assignee?.id !== assigneeOf(before)?.id;
  if (assignee && assigneeChanged) await assertAssignable(ctx, assignee);
  if (changes.projectId && changes.projectId !== before.projectId)
    await assertProject(ctx, changes.projectId);
  const status = changes.status ?? before.status;
  const place =
    options.place ??
    (status === before.status ? null : { after: null, before: null, place: "top" as const });
  return {
    ...before,
    title: changes.title ?? before.title,
    description: changes.description ?? before.description,
    status,
    priority: changes.priority ?? before.priority,
    assigneeType: assignee?.type ?? null,
    assigneeId: assignee?.id ?? null,
    projectId: changes.projectId === undefined ? before.projectId : changes.projectId,
    orderKey: place ? await takePlace(ctx, status, { id: before.id, ...place }) : before.orderKey,
  };
}

const comparedFields = [
  "title",
  "description",
  "status",
  "priority",
  "assigneeId",
  "projectId",
  "orderKey",
] as const;

function changedFields(before: LockedIssue, after: LockedIssue): string[] {
  return comparedFields.filter((field) => before[field] !== after[field]);
}

function describeChanges(before: LockedIssue, after: LockedIssue): ActivityNote[] {
  const notes: ActivityNote[] = [];
  if (before.title !== after.title)
    notes.push({ action: "title_changed", details: { from: before.title, to: after.title } });
  if (before.description !== after.description) notes.push({ action: "description_changed" });
  if (before.status !== after.status)
    notes.push({ action: "status_changed", details: { from: before.status, to: after.status } });
  if (before.priority !== after.priority) {
    notes.push({
      action: "priority_changed",
      details: { from: before.priority, to: after.priority },
    });
  }
  if (before.assigneeId !== after.assigneeId) {
    notes.push({
      action: "assignee_changed",
      details: { toType: after.assigneeType, toId: after.assigneeId },
    });
  }
  if (before.projectId !== after.projectId) {
    notes.push({
      action: "project_changed",
      details: { from: before.projectId, to: after.projectId },
    });
  }
  return notes;
}

function emitChange(
  ctx: WorkspaceContext,
  before: LockedIssue,
  after: LockedIssue,
  made: { changed: readonly string[]; revision: number },
): void {
  const entity = { kind: "issue", id: after.id, revision: made.revision };
  const placeOnly = made.changed.every((field) => field === "orderKey" || field === "status");
  if (placeOnly) {
    ctx.emit({
      type: "issue.moved",
      entity,
      changed: made.changed,
      data: { key: keyOf(after), status: after.status, previousStatus: before.status },
    });
    return;
  }
  ctx.emit({
    type: "issue.updated",
    entity,
    changed: made.changed,
    data: { key: keyOf(after), status: after.status },
  });
}
