import type { IssueId, ProjectId } from "@headcount/contract/kit/ids";
import { issues } from "@headcount/contract/issues/routes";
import type { OutputOf, ParsedInputOf } from "@headcount/contract/kit/route";
import { duplicateTitleKey } from "@headcount/domain/issues/duplicate-key";
import type { Assignee } from "@headcount/domain/issues/triggers";
import { storable } from "../agents/read-agent-redactor.ts";
import { actorColumns } from "../platform/append-changes.ts";
import { AppError, notFound } from "../platform/app-error.ts";
import { command } from "../platform/command.ts";
import { effectiveUserId, type WorkspaceContext } from "../platform/context.ts";
import { assertProject } from "../projects/assert-project.ts";
import { planIssueTriggers } from "../tasks/plan-issue-triggers.ts";
import { assertAssignable } from "./assert-assignable.ts";
import { takePlace } from "./column-place.ts";
import { getIssue } from "./read-issue.ts";
import { insertIssue, takeIssueNumber } from "./store.ts";
import { writeActivities } from "./write-activity.ts";

export const createIssue = command(issues.create, async (ctx, input) =>
  writeNewIssue(ctx, await storable(ctx, input)),
);

/** Creates an issue as the context's actor, and starts whom it starts. */
export async function writeNewIssue(
  ctx: WorkspaceContext,
  input: ParsedInputOf<typeof issues.create>,
): Promise<OutputOf<typeof issues.create>> {
  const issuePrefix = await lockWorkspace(ctx);
  if (input.assignee) await assertAssignable(ctx, input.assignee);
  if (input.projectId) await assertProject(ctx, input.projectId);
  const duplicateKey = duplicateKeyOf(input.projectId, input.title);
  if (!input.allowDuplicate) await refuseDuplicate(ctx, duplicateKey);

  const id = ctx.newId<IssueId>();
  const number = await takeIssueNumber(ctx);
  await insertIssue(ctx, {
    id,
    number,
    title: input.title,
    description: input.description,
    status: input.status,
    priority: input.priority,
    assignee: input.assignee,
    creator: actorColumns(ctx.actor),
    originatorId: effectiveUserId(ctx.actor),
    sourceTaskId: ctx.actor.kind === "agent" ? ctx.actor.taskId : null,
    projectId: input.projectId,
    orderKey: await takePlace(ctx, input.status, { id, after: null, before: null, place: "top" }),
    duplicateKey,
    origin: ctx.actor.kind === "agent" ? "agent" : null,
  });
  await writeActivities(ctx, id, [{ action: "created" }]);
  ctx.emit({
    type: "issue.created",
    entity: { kind: "issue", id, revision: 1 },
    data: { key: `${issuePrefix}-${number}`, status: input.status },
  });
  const triggers = await planIssueTriggers(
    ctx,
    {
      issueId: id,
      before: null,
      after: { status: input.status, assignee: input.assignee as Assignee | null },
      start: input.start,
      handoffNote: input.handoffNote,
    },
    "write",
  );
  return { issue: await getIssue(ctx, id), triggers };
}

/** Holds the workspace as it is until the commit, and says how its issues' keys begin. */
async function lockWorkspace(ctx: WorkspaceContext): Promise<string> {
  const [workspace] = await ctx.sql<{ issuePrefix: string }[]>`
    select issue_prefix from workspaces where workspace_id = ${ctx.workspaceId} for share`;
  if (!workspace) throw notFound("workspace");
  return workspace.issuePrefix;
}

/** What makes two open issues the same: project and title, whatever their case and spacing. */
export function duplicateKeyOf(projectId: ProjectId | null, title: string): string {
  return `${projectId ?? "-"}|${duplicateTitleKey(title)}`;
}

/** Of several equal creates at once one wins; the others get its issue in the conflict. */
async function refuseDuplicate(ctx: WorkspaceContext, duplicateKey: string): Promise<void> {
  await ctx.sql`select pg_advisory_xact_lock(hashtextextended(${`duplicate:${ctx.workspaceId}:${duplicateKey}`}, 0))`;
  const [row] = await ctx.sql<{ id: IssueId }[]>`
    select id from issues
    where workspace_id = ${ctx.workspaceId} and duplicate_key = ${duplicateKey}
      and deleted_at is null and status not in ('done', 'cancelled')
    limit 1`;
  if (!row) return;
  const issue = await getIssue(ctx, row.id);
  throw new AppError(
    "conflict",
    `${issue.key} has this title and is still open. Use it, or allow a duplicate.`,
    {
      reason: "active_duplicate_issue",
      details: {
        issue: { id: issue.id, key: issue.key, title: issue.title, status: issue.status },
      },
    },
  );
}
